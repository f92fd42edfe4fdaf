/** Perl's Mail::IMAPClient: everything by UID, IDLE and DONE, MOVE, written in session.pl. */
import { fileURLToPath } from "node:url";
import { run } from "../process.ts";
import { type Client, mustEnd, steadyLines, type Target } from "./client.ts";

const SCRIPT = fileURLToPath(new URL("session.pl", import.meta.url));

/** The stream as it is, so that all of it can be read. */
export const perl: Client = { name: "perl", run: (target) => session(target, {}) };

/** With COMPRESS=DEFLATE switched on after LOGIN, where the server has it. */
export const perlCompressed: Client = {
  name: "perl-compressed",
  compresses: true,
  run: (target) => session(target, { COMPRESS: "1" }),
};

async function session(target: Target, env: Readonly<Record<string, string>>) {
  const { prefix, separator } = target.kind;
  const args = [
    SCRIPT,
    target.host,
    String(target.port),
    target.transport,
    target.caFile,
    target.user,
    prefix,
    separator,
  ];
  const ended = await run("/usr/bin/perl", args, { input: `${target.password}\n`, env });
  return { printed: steadyLines(mustEnd("perl", ended).stdout, target) };
}
