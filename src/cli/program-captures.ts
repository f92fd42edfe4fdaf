/** The commands that make something of a capture: replay, check, slice. */
import { type Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { ImapscopeError } from "../errors.ts";
import { parseTimeout } from "./duration.ts";
import { CHECK_EXAMPLES, REPLAY_EXAMPLES, SLICE_EXAMPLES } from "./examples.ts";
import { parseMoment } from "./moment.ts";
import { collect } from "./repeatable.ts";
import { parseSpeed } from "./speed.ts";

/** @throws ImapscopeError ERR_UPSTREAM_MISSING */
function upstreamOf(upstream: string | undefined): string {
  if (upstream === undefined) throw new ImapscopeError("ERR_UPSTREAM_MISSING");
  return upstream;
}

export function addReplay(program: Command): void {
  const serving = program
    .command("replay")
    .description("serve a capture as an IMAP server, for tests: offline, over real sockets and TLS")
    .argument("<capture>", "the file, plain or gzip")
    .argument("[upstream]", "with --as-client: the server to ask")
    .option(
      "-l, --listen <url...>",
      "where clients connect, or 'recorded': as recorded (default: imaps://127.0.0.1:0, a free port)",
    )
    .option("--plain", "offer no STARTTLS on imap:// listeners", false)
    .addOption(
      new Option("--match <level>", "how alike a command must be to the recorded one")
        .choices(["canonical", "exact"] as const)
        .default("canonical" as const),
    )
    .option("--ignore <rule>", "leave this out of the comparison: date, message-id, boundary, ...", collect)
    .addOption(
      new Option("--sequence <how>", "answer with any exchange that was not used, or with the next one only")
        .choices(["state", "order"] as const)
        .default("state" as const),
    )
    .option("--speed <times>", "keep the recorded times: 1x, or 2x for twice as fast", parseSpeed)
    .option("--password <secret>", "for SCRAM, where the server has to know it; other logins take any")
    .option("--once", "end when as many clients were served as were recorded, and none is left", false)
    .option(
      "--timeout <time>",
      "fail when a client says nothing for so long, or with --once when none comes: 30s, 5m (default: 30m)",
      parseTimeout,
    )
    .option("--allow-unused", "do not fail because of exchanges that nobody asked for", false)
    .option("--junit <file>", "write the report as JUnit XML")
    .option("--port-file <file>", "write the listeners' ports to this file, one a line, when they are ready")
    .option("--ready-file <file>", "write the listeners' URLs to this file, one a line, when they are ready")
    .option("--name <name...>", "more names for the certificate that clients see");
  // None of these means anything to a played client.
  for (const option of serving.options) option.conflicts("asClient");
  serving
    .addOption(new Option("--ca-dir <dir>", "where the CA is kept").env("IMAPSCOPE_CA_DIR"))
    .option("--as-client", "send the recorded commands to a real server, and compare what it says", false)
    .option("--allow-writes", "as client: send commands that change mail, too", false)
    .option(
      "--connect <host:port>",
      "as client: dial here; the upstream's name still serves SNI and verification",
    )
    .option("--insecure", "as client: do not verify the upstream's certificate", false)
    .option("--upstream-ca <file>", "as client: trust the CAs of this PEM file, too")
    .option("--plain-upstream", "as client: send a password unencrypted to an imap:// upstream", false)
    .option("-r, --record <file>", "as client: write a capture of the new session, without credentials")
    .option("--force", "replace that capture if it exists", false)
    .addHelpText("after", REPLAY_EXAMPLES)
    .action(async (capture, upstream, options) => {
      if (options.asClient) {
        const { runReplayAsClient } = await import("./replay-as-client.ts");
        await runReplayAsClient(capture, upstreamOf(upstream), options);
        return;
      }
      const { runReplay } = await import("./replay-command.ts");
      await runReplay(capture, options);
    });
}

export function addCheck(program: Command): void {
  program
    .command("check")
    .description("say what is wrong with a capture that was edited by hand; exit code 1 if something is")
    .argument("<capture>", "the file, plain or gzip; - for standard input")
    .argument("[out]", "where --fix writes")
    .option("--fix", "repair literal lengths and line ends, mask secrets, write plain records", false)
    .option("--in-place", "with --fix: write over the capture", false)
    .option("--force", "replace the file that is written if it exists", false)
    .option("--json", "an object a line, for scripts")
    .addHelpText("after", CHECK_EXAMPLES)
    .action(async (capture, out, options) => {
      const { runCheck } = await import("./check-command.ts");
      await runCheck(capture, out, options);
    });
}

export function addSlice(program: Command): void {
  program
    .command("slice")
    .description("cut a capture down to a small one that still replays")
    .argument("<capture>", "the file, plain or gzip; - for standard input")
    .argument("<out>", "the file to write; - for standard output")
    .option("--filter <filter>", "the exchanges that match: 'cmd:fetch mailbox:INBOX' (docs/filter.md)")
    .option("--connection <number...>", "these connections", parseConnections)
    .option(
      "--from <time>",
      "what was under way then or later: 12.5s after its beginning, or 14:03:00",
      parseMoment,
    )
    .option("--until <time>", "what was under way then or before", parseMoment)
    .option("--force", "replace the file if it exists", false)
    .addHelpText("after", SLICE_EXAMPLES)
    .action(async (capture, out, options) => {
      const { runSlice } = await import("./slice-command.ts");
      await runSlice(capture, out, options);
    });
}

/** @throws InvalidArgumentError */
function parseConnections(text: string, before: readonly number[] | undefined): readonly number[] {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError("Write the number of a connection: 2.");
  return [...(before ?? []), Number(text)];
}
