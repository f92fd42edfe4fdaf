/** A capture that is recorded when it has to be, and replayed when it can be. */
import type { ReplayReport } from "../core/replay/report.ts";
import { ImapscopeError } from "../errors.ts";
import { beginCassette, hasCapture, recordAnewNextTime } from "../files/cassette-file.ts";
import { pathOf } from "../files/path-of.ts";
import { type InterceptionOptions, intercept, openCa } from "./interception.ts";
import { type ReplayOptions, replay } from "./replay.ts";

/**
 * `once`: records where there is no capture yet, else replays. `none`: replays only. `all`: records anew each time. `new`: replays
 * as `once`, but a client that was not answered in full leaves the capture to be recorded anew the next time. Where the environment
 * says CI, nothing is recorded: what is there is replayed.
 */
export type CassetteMode = "once" | "new" | "none" | "all";

export interface CassetteOptions extends ReplayOptions {
  /** The real server, for recording: `imaps://imap.example.org`. */
  readonly upstream?: string | undefined;
  /** `once` by default. */
  readonly mode?: CassetteMode | undefined;
  /** What the proxy needs to reach the upstream. */
  readonly proxy?: Pick<InterceptionOptions, "insecure" | "upstreamCa" | "connect" | "tlsMin"> | undefined;
}

export interface Cassette {
  readonly host: string;
  readonly port: number;
  /** The CA's certificate, PEM, and its file: what clients must trust. */
  readonly ca: string;
  readonly caPath: string;
  readonly recording: boolean;
  /** Of a replay; `undefined` while recording. */
  readonly report: () => ReplayReport | undefined;
  /**
   * Ends every connection. Of a recording it then puts the capture in its place, where a client was recorded: until then nobody
   * finds it, and what was there before is as it was.
   */
  readonly close: () => Promise<ReplayReport | undefined>;
  /** The same, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/**
 * Opens a cassette; when this settles, clients can connect.
 * @throws ImapscopeError ERR_CASSETTE_MISSING where it must not record, and all of `replay` and `intercept`
 */
export async function cassette(file: string | URL, options: CassetteOptions = {}): Promise<Cassette> {
  const path = pathOf(file);
  const { mode = "once" } = options;
  const isThere = hasCapture(path);
  const mustRecord = mode === "all" || (mode !== "none" && !isThere);
  if (mustRecord && !isCi()) return record(path, options);
  if (!isThere) throw new ImapscopeError("ERR_CASSETTE_MISSING", { path });
  const { host, port, ca, caPath, report, close } = await replay(path, options);
  return closedOnce({ host, port, ca, caPath, recording: false, report }, async () => {
    const last = await close();
    if (mode === "new" && last.counts.miss > 0) await recordAnewNextTime(path);
    return last;
  });
}

function closedOnce(
  cassette: Omit<Cassette, "close" | typeof Symbol.asyncDispose>,
  close: () => Promise<ReplayReport | undefined>,
): Cassette {
  let closing: Promise<ReplayReport | undefined> | undefined;
  const closeOnce = (): Promise<ReplayReport | undefined> => {
    closing ??= close();
    return closing;
  };
  return { ...cassette, close: closeOnce, [Symbol.asyncDispose]: async () => void (await closeOnce()) };
}

async function record(path: string, options: CassetteOptions): Promise<Cassette> {
  const { upstream, listen, names, caDir, onNotice, proxy } = options;
  const file = await beginCassette(path);
  const running = await intercept({
    ...proxy,
    keepAlive: options.keepAlive ?? false,
    upstream,
    listen: listen ?? ["imaps://127.0.0.1:0"],
    ...(names === undefined ? {} : { names }),
    ...(onNotice === undefined ? {} : { onNotice }),
    caDir,
    record: { path: file.temporary, complete: true },
  });
  const { hostname, port } = new URL(running.listening[0]?.url ?? "");
  const { certificate: ca } = await openCa(caDir);
  const { caPath } = running;
  const told = { host: hostname, port: Number(port), ca, caPath, recording: true, report: () => undefined };
  return closedOnce(told, async () => {
    await running.close();
    await (running.statistics().allConnections > 0 ? file.keep() : file.discard());
    return undefined;
  });
}

function isCi(): boolean {
  const value = process.env["CI"];
  return value !== undefined && value !== "" && value !== "false" && value !== "0";
}
