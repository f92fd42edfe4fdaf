/** Python's imaplib: a long session of every classic command, written in session.py. */
import { fileURLToPath } from "node:url";
import { run } from "../process.ts";
import { type Client, mustEnd, steadyLines } from "./client.ts";

const SCRIPT = fileURLToPath(new URL("session.py", import.meta.url));

export const python: Client = {
  name: "python",
  run: async (target) => {
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
    const ended = await run("/usr/bin/python3", args, { input: `${target.password}\n` });
    return { printed: steadyLines(mustEnd("python", ended).stdout, target) };
  },
};
