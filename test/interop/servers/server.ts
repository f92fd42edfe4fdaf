/** What the three real servers have in common: where they listen, who may log in, and how they are awaited. */
import { connect, createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import type { Certificates } from "../certificates.ts";
import type { Running } from "../process.ts";

/** The one account of every server. The password is the canary that may never appear in any output. */
export const USER = "alice";
export const PASSWORD = "Kanarienvogel-7Qx9Zw";

/** Where install.sh unpacks the packages that conflict with Dovecot's. */
export const UNPACKED = process.env["IMAPSCOPE_INTEROP_DIR"] ?? "/opt/imapscope-interop";

/** A server that runs over a folder holding its whole state. */
export interface RunningServer {
  readonly plainPort: number;
  readonly tlsPort: number;
  /** What the server and its log said, for the message of a test that fails. */
  log(): Promise<string>;
  stop(): Promise<void>;
}

export interface ServerKind {
  readonly name: "dovecot" | "cyrus" | "courier";
  /** What mailbox names other than INBOX begin with. */
  readonly prefix: string;
  readonly separator: string;
  /** It has COMPRESS=DEFLATE. */
  readonly compresses: boolean;
  /** Starts it over `state`, which is empty at first and may be a copy of what an earlier run left. */
  start(state: string, certificates: Certificates): Promise<RunningServer>;
}

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("no port"));
      });
    });
  });
}

/** Waits until the port greets with an IMAP greeting. Throws when the server ends or after 20 seconds. */
export async function awaitGreeting(port: number, server: Running): Promise<void> {
  let ended = false;
  void server.ended.then(() => {
    ended = true;
  });
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (await greets(port)) return;
    if (ended) break;
    await delay(50);
  }
  const { stdout, stderr } = server.output();
  throw new Error(`the server on port ${port} does not greet\n${stdout}\n${stderr}`);
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const answer = (value: boolean) => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(2000, () => answer(false));
    socket.once("error", () => answer(false));
    socket.once("close", () => answer(false));
    socket.once("data", (data) => answer(data.toString("latin1").startsWith("* OK")));
  });
}
