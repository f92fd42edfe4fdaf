/** The command line as a table of contents: what there is, with examples; each command's code is loaded when it is run. */
import { Command, Option } from "@commander-js/extra-typings";
import { safe } from "../core/text/safe.ts";
import { EXIT } from "../errors.ts";
import { PROXY_PROTOCOLS } from "../net/proxy-header.ts";
import { TLS_VERSIONS } from "../net/tls-version.ts";
import { version } from "../version.ts";
import { DEMO_EXAMPLES, EXAMPLES, PROXY_EXAMPLES, VIEW_EXAMPLES } from "./examples.ts";
import { loadInStages, PROXY_FLOORS, VIEW_FLOORS } from "./load-in-stages.ts";
import { addCheck, addReplay, addSlice } from "./program-captures.ts";
import { collect } from "./repeatable.ts";
import { addShowOptions } from "./show-options.ts";
import { parseSize } from "./size.ts";

/** Builds the program; nothing runs before its `parseAsync`. */
export function createProgram(): Command {
  const program = new Command("imapscope")
    .description("Watch, time and record what an IMAP client and server really say to each other.")
    .version(version(), "-V, --version")
    // What was typed, or pasted, comes back in such messages; before all commands are added, since they inherit it.
    .configureOutput({ outputError: (text, write) => write(text.split("\n").map(safe).join("\n")) })
    .showHelpAfterError("(imapscope --help tells more)")
    .enablePositionalOptions()
    .exitOverride((stop) => {
      process.exit(stop.exitCode === 0 ? EXIT.ok : EXIT.usage);
    })
    .addHelpText("after", EXAMPLES);
  addProxy(program);
  addView(program);
  addReplay(program);
  addCheck(program);
  addSlice(program);
  addCa(program);
  addDemo(program);
  return program as unknown as Command;
}

function addProxy(program: Command): void {
  const proxy = program
    .command("proxy")
    .description("relay a client to a server and show what they say")
    .argument("[upstream]", "imaps://host[:993], imap://host[:143], or a host, which means imaps")
    .option(
      "-l, --listen <url...>",
      "where clients connect: imaps://127.0.0.1:993, imap://127.0.0.1:0 (a free port), socks5://127.0.0.1:1080",
    )
    .option(
      "--upstream <name[=url]>",
      "another upstream, for clients that ask for this name; '*' for any",
      collect,
    )
    .option("--pass-through <name>", "relay what goes to this name unread, without ending its TLS", collect)
    .option("--connect <host:port>", "dial here; the upstream's name still serves SNI and verification")
    .option("--insecure", "do not verify the upstream's certificate", false)
    .option("--upstream-ca <file>", "trust the CAs of this PEM file for the upstream, too")
    .option("--client-cert <file>", "show the upstream this certificate (PEM) if it asks for one")
    .option("--client-key <file>", "its private key (PEM), if not in the same file")
    .addOption(
      new Option("--tls-min <version>", "the oldest TLS taken, on both sides (default: 1.2)").choices(
        TLS_VERSIONS,
      ),
    )
    .option("--keylog <file>", "append the keys of all TLS connections, for Wireshark: guard that file")
    .option("--offer-starttls", "offer STARTTLS to plain clients of an imaps:// upstream", false)
    .option("--plain-upstream", "let what came over TLS go on unencrypted to an imap:// upstream", false)
    .addOption(
      new Option(
        "--proxy-protocol <version>",
        "tell the upstream who the client is, in a PROXY header",
      ).choices(PROXY_PROTOCOLS),
    )
    .option("--name <name...>", "more names for the certificate that clients see")
    .addOption(new Option("--ca-dir <dir>", "where the CA is kept").env("IMAPSCOPE_CA_DIR"))
    .option(
      "-r, --record <path>",
      "write a capture, without credentials: to a file, or to a folder (captures/) a file for each connection",
    )
    .option(
      "--rotate-size <size>",
      "in a folder: one file, followed by the next at this size (100M)",
      parseSize,
    )
    .option("--force", "replace the capture if it exists", false)
    .option("--record-complete", "slow the relay down rather than leave gaps in the capture", false)
    .option("--keep-secrets", "do not mask credentials: for throw-away accounts only", false)
    .option("--spool-max <size>", "what the screen keeps of the past on disk, at most (1G)", parseSize)
    .option("--ready-file <file>", "write the listeners' URLs to this file, one a line, when they are ready")
    .addHelpText("after", PROXY_EXAMPLES);
  addShowOptions(proxy).action(async (upstream, options) => {
    await loadInStages(PROXY_FLOORS);
    const { runProxy } = await import("./proxy-command.ts");
    await runProxy(upstream, options);
  });
}

function addView(program: Command): void {
  const view = program
    .command("view")
    .description("show a capture, as the proxy showed it live")
    .argument("<capture>", "the file, plain or gzip; - for standard input")
    .option("-f, --follow", "go on as the file grows", false)
    .option(
      "--spool-max <size>",
      "what the screen keeps of a packed capture on disk, at most (1G)",
      parseSize,
    )
    .addHelpText("after", VIEW_EXAMPLES);
  addShowOptions(view).action(async (capture, options) => {
    await loadInStages(VIEW_FLOORS);
    const { runView } = await import("./view-command.ts");
    await runView(capture, options);
  });
}

function addCa(program: Command): void {
  const ca = program.command("ca").description("the certificate authority that clients must trust");
  const dir = (): Option<"--ca-dir <dir>"> =>
    new Option("--ca-dir <dir>", "where it is kept").env("IMAPSCOPE_CA_DIR");
  ca.command("path")
    .description("print the certificate's file, and make the CA if there is none")
    .addOption(dir())
    .action(async (options) => (await import("./ca-command.ts")).printPath(options.caDir));
  ca.command("export")
    .description("print the certificate (PEM)")
    .addOption(dir())
    .action(async (options) => (await import("./ca-command.ts")).printCertificate(options.caDir));
  ca.command("check")
    .description(
      "ask curl, OpenSSL, Python, ... of this machine whether they trust it; exit code 1 if not all do",
    )
    .addOption(dir())
    .action(async (options) => (await import("./ca-check-command.ts")).checkTrust(options.caDir));
  ca.command("trust")
    .description("print how to make clients and this system trust it; changes nothing itself")
    .addOption(dir())
    .action(async (options) => (await import("./ca-command.ts")).printTrust(options.caDir));
}

function addDemo(program: Command): void {
  const demo = program
    .command("demo")
    .description("recorded clients and recorded servers with the proxy in between: no account needed")
    .option(
      "-l, --listen <url...>",
      "where your own clients may connect (default: imaps://localhost:1993 and imap://localhost:1143, or free ports)",
    )
    .addOption(new Option("--ca-dir <dir>", "where the CA is kept").env("IMAPSCOPE_CA_DIR"))
    .addHelpText("after", DEMO_EXAMPLES);
  addShowOptions(demo).action(async (options) => {
    await loadInStages(PROXY_FLOORS);
    const { runDemo } = await import("./demo-command.ts");
    await runDemo(options);
  });
}
