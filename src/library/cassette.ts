/** A capture that is recorded when it has to be, and replayed when it can be. */
import type { ReplayReport } from "../core/replay/report.ts";
import { ImapscopeError } from "../errors.ts";
import { hasCapture, recordAnewNextTime } from "../files/cassette-file.ts";
import { type InterceptionOptions, intercept, openCa } from "./interception.ts";
import { type ReplayOptions, replay } from "./replay.ts";

/**
 * `once`: records where there is no capture yet, else replays. `none`: replays only. `all`: records anew each time. `new`: replays
 * as `once`, but a client that was not answered in full leaves the capture to be recorded anew the next time.
 */
export type CassetteMode = "once" | "new" | "none" | "all";

export interface CassetteOptions extends ReplayOptions {
  /** The real server, for recording: `imaps://imap.example.org`. */
  readonly upstream?: string | undefined;
  /** `once` by default; where the environment says CI, `none`. */
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
  /** Ends every connection, and completes a recording. */
  readonly close: () => Promise<ReplayReport | undefined>;
}

/**
 * Opens a cassette; when this settles, clients can connect.
 * @throws ImapscopeError ERR_CASSETTE_MISSING where it must not record, and all of `replay` and `intercept`
 */
export async function cassette(path: string, options: CassetteOptions = {}): Promise<Cassette> {
  const mode = options.mode ?? (isCi() ? "none" : "once");
  const isThere = hasCapture(path);
  if (mode === "all" || (mode !== "none" && !isThere)) return record(path, options, mode === "all");
  if (!isThere) throw new ImapscopeError("ERR_CASSETTE_MISSING", { path });
  const { host, port, ca, caPath, report, close } = await replay(path, options);
  return {
    ...{ host, port, ca, caPath, recording: false, report },
    close: async () => {
      const last = await close();
      if (mode === "new" && last.counts.miss > 0) await recordAnewNextTime(path);
      return last;
    },
  };
}

async function record(path: string, options: CassetteOptions, force: boolean): Promise<Cassette> {
  const { upstream, listen, names, caDir, onNotice, proxy } = options;
  const running = await intercept({
    ...proxy,
    upstream,
    listen: listen ?? ["imaps://127.0.0.1:0"],
    ...(names === undefined ? {} : { names }),
    ...(onNotice === undefined ? {} : { onNotice }),
    caDir,
    record: { path, force },
  });
  const { hostname, port } = new URL(running.listening[0]?.url ?? "");
  return {
    host: hostname,
    port: Number(port),
    ca: (await openCa(caDir)).certificate,
    caPath: running.caPath,
    recording: true,
    report: () => undefined,
    close: async () => {
      await running.close();
      return undefined;
    },
  };
}

function isCi(): boolean {
  const value = process.env["CI"];
  return value !== undefined && value !== "" && value !== "false" && value !== "0";
}
