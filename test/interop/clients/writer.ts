/** Python's imaplib in a session that differs from day to day and from run to run, written in writer.py: over TLS only. */
import { fileURLToPath } from "node:url";
import { run } from "../process.ts";
import { type Client, mustEnd, steadyLines } from "./client.ts";

const SCRIPT = fileURLToPath(new URL("writer.py", import.meta.url));

/** As it is on that day. */
export const writer = (day: number): Client => ({
  name: "writer",
  run: async (target) => {
    const args = [SCRIPT, target.host, String(target.port), target.caFile, target.user, String(day)];
    const ended = await run("/usr/bin/python3", args, { input: `${target.password}\n` });
    return { printed: steadyLines(mustEnd("writer", ended).stdout, target) };
  },
});
