/** The command line as a table of contents: what there is, with examples; each command's code is loaded when it is run. */
import { Command, Option } from "@commander-js/extra-typings";
import { safe } from "../core/text/safe.ts";
import { EXIT } from "../errors.ts";
import { PROXY_PROTOCOLS } from "../net/proxy-header.ts";
import { TLS_VERSIONS } from "../net/tls-version.ts";
import { version } from "../version.ts";
import { loadInStages, PROXY_FLOORS, VIEW_FLOORS } from "./load-in-stages.ts";
import { addShowOptions } from "./show-options.ts";
import { parseSize } from "./size.ts";

const EXAMPLES = `
Examples:
  $ imapscope proxy imaps://imap.example.org            point the client at localhost, watch
  $ imapscope proxy imap.example.org --record day.imapcap
  $ imapscope view day.imapcap --filter 'status:no or wait>1s'
  $ imapscope view day.imapcap --lines | less           lines instead of the screen
  $ imapscope ca path                                   the certificate that clients must trust
  $ imapscope demo                                      a recorded session, no account needed

A capture holds no credentials, unless --keep-secrets is given. It does hold the mail.`;

const PROXY_EXAMPLES = `
Examples:
  $ imapscope proxy imaps://imap.example.org
        TLS on 993 (or 1993) and plain on 143 (or 1143) of this machine
  $ imapscope proxy imap.example.org --listen imap://127.0.0.1:1143
        plain for the client, TLS to the server: nothing to trust, the easiest start
  $ imapscope proxy imap.example.org --connect 192.0.2.7:993
        for a name that the hosts file sends to this machine
  $ imapscope proxy --upstream '*' --pass-through pinned.example.org
        each client reaches the server whose name it asks for (SNI)
  $ imapscope proxy imap.example.org --upstream test.example.org=imap://127.0.0.1:10143
        one more upstream behind the same listeners
  $ imapscope proxy --listen socks5://127.0.0.1:1080
        for clients that are set to a SOCKS 5 proxy: any server, under its own name
  $ imapscope proxy imap.example.org --record day.imapcap --filter 'defect or wait>500ms'
  $ imapscope proxy imap.example.org --record captures/ --rotate-size 100M
  $ imapscope proxy imap.example.org --lines
        a line for each exchange, instead of the screen

On a terminal it opens a screen: Enter looks inside, / finds, ? helps, q quits (docs/tui.md).

Signals: SIGINT and SIGTERM end it in order, a second one at once. SIGHUP begins a new capture: move the old one away first
(logrotate). When the terminal is closed it ends in order.`;

const VIEW_EXAMPLES = `
Examples:
  $ imapscope view day.imapcap                          on the whole screen: ? helps, q quits (docs/tui.md)
  $ imapscope view day.imapcap --lines --filter 'wait>500ms'
  $ imapscope view day.imapcap --transcript --filter conn:2
  $ imapscope view day.imapcap --follow --verbose
  $ imapscope view - --json < day.imapcap.gz | jq .`;

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

/** For options that are given once for each value, so that they do not take the upstream for another value. */
function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
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
    .description("play a recorded session: real bytes, no account needed; on a terminal on the screen");
  addShowOptions(demo).action(async (options) => (await import("./demo-command.ts")).runDemo(options));
}
