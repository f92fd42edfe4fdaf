/** What `record` of an interception asks for: files to record to, and notices of what becomes of them. */
import type { ConnectionId } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { ImapscopeError } from "../errors.ts";
import { openRecorder, type Recorder } from "../files/open-recorder.ts";
import type { Clock } from "../net/clock.ts";
import type { Notice } from "../net/notice.ts";
import { seldom } from "../net/seldom.ts";
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
  /** Told which file holds what is seen of a connection after a time, until it is told of another. What it throws is told by a notice. */
  readonly onFile?: ((connection: ConnectionId, path: string, afterMicros: Micros) => void) | undefined;
  /** Told when the file of all connections has been followed by another, which may have the same name. */
  readonly onFollowed?: ((path: string) => void) | undefined;
}

export interface RecordSurroundings {
  readonly clock: Clock;
  readonly keepSecrets: boolean;
  readonly atFrameBorder: (connection: ConnectionId) => boolean;
  readonly onNotice: (notice: Notice) => void;
  /** Told once, when the recording is over before its time; the user has been told then. */
  readonly onEnd: () => void;
  /** Told when one connection is recorded no longer, which has a file of its own. */
  readonly onOwnEnd: (connection: ConnectionId) => void;
}

/** @throws ImapscopeError ERR_CAPTURE_EXISTS, ERR_CAPTURE_UNWRITABLE, ERR_ROTATION_WITHOUT_FOLDER */
export async function openRecord(
  options: RecordOptions | undefined,
  { clock, keepSecrets, atFrameBorder, onNotice, onEnd, onOwnEnd }: RecordSurroundings,
): Promise<Recorder | undefined> {
  if (options === undefined) return undefined;
  const { path, rotateOctets, force, complete, onFile, onFollowed } = options;
  // Of a folder that takes no files every connection would tell the same.
  const tellOwnEnd = seldom(clock, onNotice);
  return openRecorder(path, {
    ...{ rotateOctets, onFile, onFollowed },
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
    onOwnEnd: (error, connection) => {
      onOwnEnd(connection);
      tellOwnEnd((times) => ownEndNotice(error, connection, times));
    },
    onBehind: () =>
      onNotice({
        level: "warning",
        text: "The disk does not keep up with the recording: octets are left out, and counted in the capture. Relaying goes on; --record-complete slows it down instead.",
      }),
    onNotFollowed: (error) => onNotice({ level: "warning", text: notFollowedText(error, path) }),
  });
}

function ownEndNotice(error: ImapscopeError, connection: ConnectionId, times: number): Notice {
  const others = times === 1 ? "" : ` So did ${times - 1} more since the last message about it.`;
  const text = `${error.message}. ${error.hint} Later connections are recorded as far as it goes.${others}`;
  return { level: "error", text, connection };
}

function notFollowedText(error: ImapscopeError, path: string): string {
  if (error.code === "ERR_CAPTURE_EXISTS")
    return `${path} is still there: recording goes on as before. Move it away first, then a new one begins.`;
  return `No new file could be begun, so recording goes on in the one before. ${error.message}.`;
}
