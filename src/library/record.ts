/** What `record` of an interception asks for: files to record to, and notices of what becomes of them. */
import type { ConnectionId } from "../core/base/leg.ts";
import { openRecorder, type Recorder } from "../files/open-recorder.ts";
import type { Clock } from "../net/clock.ts";
import type { Notice } from "../net/notice.ts";
import { version } from "../version.ts";

export interface RecordOptions {
  /** A file, or a folder (it exists, or the path ends in a slash), which gets a file for each connection. */
  readonly path: string;
  /** In a folder: one file for all connections, followed by the next when it has so many octets. */
  readonly rotateOctets?: number | undefined;
  /** Replaces an existing file. */
  readonly force?: boolean;
  /** Slows the relay down rather than leave gaps when the file is slow. */
  readonly complete?: boolean;
}

export interface RecordSurroundings {
  readonly clock: Clock;
  readonly keepSecrets: boolean;
  readonly atFrameBorder: (connection: ConnectionId) => boolean;
  readonly onNotice: (notice: Notice) => void;
  /** Told once, when the recording is over before its time; the user has been told then. */
  readonly onEnd: () => void;
}

/** @throws ImapscopeError ERR_CAPTURE_EXISTS, ERR_CAPTURE_UNWRITABLE, ERR_ROTATION_WITHOUT_FOLDER */
export async function openRecord(
  options: RecordOptions | undefined,
  { clock, keepSecrets, atFrameBorder, onNotice, onEnd }: RecordSurroundings,
): Promise<Recorder | undefined> {
  if (options === undefined) return undefined;
  const { path, rotateOctets, force, complete } = options;
  return openRecorder(path, {
    rotateOctets,
    force: force ?? false,
    complete: complete ?? false,
    createdBy: `imapscope ${version()}`,
    createdAt: clock.startedAt,
    redacted: keepSecrets ? [] : ["credentials"],
    // The proxy's own clock: where the wall clock is set back, names still sort as the files were made.
    now: () => new Date(clock.startedAt.getTime() + clock.micros() / 1000),
    atFrameBorder,
    onEnd: (error) => {
      onEnd();
      onNotice({ level: "error", text: `${error.message}. ${error.hint}` });
    },
    onBehind: () =>
      onNotice({
        level: "warning",
        text: "The disk does not keep up with the recording: octets are left out, and counted in the capture. Relaying goes on; --record-complete slows it down instead.",
      }),
    onStillThere: () =>
      onNotice({
        level: "warning",
        text: `${path} is still there: recording goes on as before. Move it away first, then a new one begins.`,
      }),
  });
}
