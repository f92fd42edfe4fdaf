/** Runs the built imapscope as a person would, in a process of its own, and reads back what it recorded. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Ended, run, start } from "./process.ts";

export const MAIN = join(dirname(fileURLToPath(import.meta.url)), "../../dist/cli/main.js");

export interface RunningProxy {
  /** Where a client connects with TLS, and where without. */
  readonly tlsPort: number;
  readonly plainPort: number;
  /** The CA that clients have to trust. */
  readonly caFile: string;
  readonly capture: string;
  /** Ends it with SIGINT, which leaves a complete capture. */
  stop(): Promise<Ended>;
}

/**
 * Starts `imapscope proxy` before an upstream, with everything it keeps in `folder`, and more `options`. Resolves when its ready
 * file names both listeners. Throws with what it said when it ends instead, or after 20 seconds.
 */
export async function startProxy(
  upstream: string,
  upstreamCa: string,
  folder: string,
  options: readonly string[] = [],
): Promise<RunningProxy> {
  const ready = join(folder, "ready");
  const capture = join(folder, "session.imapcap");
  const listeners = ["--listen", "imaps://127.0.0.1:0", "--listen", "imap://127.0.0.1:0"];
  const files = ["--record", capture, "--ready-file", ready, "--ca-dir", folder, "--upstream-ca", upstreamCa];
  const proxy = start(
    process.execPath,
    [MAIN, "proxy", upstream, "--lines", ...listeners, ...files, ...options],
    {
      env: { HOME: folder },
    },
  );
  let ended = false;
  void proxy.ended.then(() => {
    ended = true;
  });
  for (let attempt = 0; attempt < 400 && !ended; attempt += 1) {
    const urls = await readFile(ready, "utf8").catch(() => "");
    const tlsPort = portOf(urls, "imaps");
    const plainPort = portOf(urls, "imap");
    if (tlsPort !== undefined && plainPort !== undefined) {
      return {
        tlsPort,
        plainPort,
        caFile: join(folder, "imapscope-ca.pem"),
        capture,
        stop: () => proxy.stop("SIGINT"),
      };
    }
    await delay(50);
  }
  const { stdout, stderr } = (await proxy.stop("SIGKILL")) satisfies Ended;
  throw new Error(`imapscope was not ready\n${stdout}\n${stderr}`);
}

const portOf = (urls: string, scheme: string): number | undefined => {
  const port = new RegExp(`^${scheme}://[^/\\s]*:(\\d+)`, "m").exec(urls)?.[1];
  return port === undefined ? undefined : Number(port);
};

/** `imapscope view` of a capture, with options such as `--json`. */
export const view = (capture: string, ...options: string[]): Promise<Ended> =>
  run(process.execPath, [MAIN, "view", capture, ...options]);

/** What `--json` says, of the fields that the suite asks about. */
export interface Observed {
  readonly kind: string;
  readonly [field: string]: unknown;
}

export const parseObservations = (json: string): readonly Observed[] =>
  json
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Observed);

/**
 * The forms in which a password could be in some text: itself, and what base64 makes of it wherever it stands
 * in a SASL response (each of the three alignments, without the characters that its neighbours decide).
 */
export function formsOf(password: string): readonly string[] {
  const forms = [password, encodeURIComponent(password)];
  for (let before = 0; before < 3; before += 1) {
    const base64 = Buffer.from("\0".repeat(before) + password).toString("base64");
    forms.push(
      base64.slice(Math.ceil((before * 4) / 3), Math.floor(((before + password.length) * 4) / 3) - 1),
    );
  }
  return [...new Set([...forms, Buffer.from(password).toString("hex")])];
}
