/** Begins to record to what the user named: a file, or a folder with a file for each connection or of a certain size. */
import type { ConnectionId } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import { ImapscopeError } from "../errors.ts";
import { createFolderFile, isFolder, openCaptureFolder } from "./capture-folder.ts";
import {
  type CaptureWriter,
  type CaptureWriterOptions,
  openCaptureWriter,
  recordingEnded,
  startCaptureWriter,
} from "./capture-writer.ts";
import { createFileRecorder, type FileRecorder } from "./recorder.ts";

export interface OpenRecorderOptions extends Omit<CaptureWriterOptions, "queueOctets" | "plainOnly"> {
  /** In a folder: begins a new file when one has so many octets, instead of one for each connection. */
  readonly rotateOctets?: number | undefined;
  /** Whether the connection is between frames now, and everything of it so far has been appended. */
  readonly atFrameBorder: (connection: ConnectionId) => boolean;
  /** The wall clock that names files in a folder. */
  readonly now: () => Date;
  /** Told once when the recording is over before its time: the file of all connections failed. */
  readonly onEnd: (error: ImapscopeError) => void;
  /** Told when the file of one connection could not be made or failed: that connection is recorded no longer. */
  readonly onOwnEnd: (error: ImapscopeError, connection: ConnectionId) => void;
  /** Told once, when octets are left out because the disk does not keep up. */
  readonly onBehind: () => void;
  /** Told when a file should have been followed by another that cannot be made: recording goes on in the one there is. */
  readonly onNotFollowed: (error: ImapscopeError) => void;
  /** Told when a file of all connections has been followed by another. */
  readonly onFollowed?: ((path: string) => void) | undefined;
  /** Told which file holds what is seen of a connection after a time. */
  readonly onFile?: ((connection: ConnectionId, path: string, afterMicros: Micros) => void) | undefined;
}

export interface Recorder extends Omit<FileRecorder, "moveAll" | "retire"> {
  /** Whether each connection has a file of its own. */
  readonly ownFiles: boolean;
  /**
   * Goes on in new files: in one of the same name, where the old one was moved away, or in the next of the folder. Never
   * rejects: where that fails, recording goes on as before, which is told.
   */
  readonly rotate: () => Promise<void>;
  /** Ends the recording and removes what it made, where what was to be recorded never began. */
  readonly discard: () => Promise<void>;
}

/** What may wait to be written of each connection, where each has a file. */
const OWN_QUEUE_OCTETS = 8 * 1024 * 1024;

/** @throws ImapscopeError ERR_CAPTURE_EXISTS, ERR_CAPTURE_UNWRITABLE, ERR_ROTATION_WITHOUT_FOLDER */
export async function openRecorder(path: string, options: OpenRecorderOptions): Promise<Recorder> {
  const { rotateOctets } = options;
  if (!(await isFolder(path))) {
    if (rotateOctets !== undefined) throw new ImapscopeError("ERR_ROTATION_WITHOUT_FOLDER", { path });
    return recordToShared(path, options, (own, force) => openCaptureWriter(path, { ...own, force }));
  }
  const folder = await openCaptureFolder(path);
  if (rotateOctets === undefined) return recordToOwn(options, () => folder.nextPath(options.now()));
  return recordToShared(path, options, (own) =>
    openCaptureWriter(folder.nextPath(options.now()), { ...own, createFile: createFolderFile }),
  );
}

/** All connections are in one file, until another follows it; the first that fails ends the recording. */
async function recordToShared(
  path: string,
  options: OpenRecorderOptions,
  open: (own: CaptureWriterOptions, force: boolean) => Promise<CaptureWriter>,
): Promise<Recorder> {
  const { rotateOctets = Number.POSITIVE_INFINITY } = options;
  const own: CaptureWriterOptions = { ...options, onEnd: end };
  let current = await open(own, options.force === true);
  let ended = false;
  let closed = false;
  let rotating: Promise<void> | undefined;
  /** Of the file that there is, beyond which it is to be followed. */
  let fullAtOctets = rotateOctets;
  const files = createFileRecorder({
    current: () => current,
    begin: () => current,
    ...options,
  });

  function end(error: ImapscopeError): void {
    if (ended) return;
    ended = true;
    void close();
    options.onEnd(error);
  }

  /** What is there already is never replaced: it may be what has been recorded so far. */
  async function rotateOnce(): Promise<void> {
    let next: CaptureWriter;
    try {
      next = await open(own, false);
    } catch (error) {
      if (closed) return;
      // The file that there is goes on, and is followed when it has grown by as much again.
      fullAtOctets = current.octets() + rotateOctets;
      options.onNotFollowed(error instanceof ImapscopeError ? error : recordingEnded(path, error));
      return;
    }
    if (closed) {
      await next.discard();
      return;
    }
    const left = current;
    current = next;
    fullAtOctets = rotateOctets;
    options.onFollowed?.(left.path);
    files.moveAll();
    files.retire(left);
  }

  function rotate(): Promise<void> {
    rotating ??= rotateOnce().finally(() => {
      rotating = undefined;
    });
    return rotating;
  }

  async function close(): Promise<void> {
    closed = true;
    await rotating;
    await files.close();
  }

  return {
    ...files,
    ownFiles: false,
    settle: (connection) => {
      if (current.octets() >= fullAtOctets && !closed) void rotate();
      files.settle(connection);
    },
    rotate,
    close,
    discard: () => current.discard(),
  };
}

/** Each connection is in a file of its own, which begins with it; one that fails concerns nobody else. */
function recordToOwn(options: OpenRecorderOptions, nextPath: () => string): Recorder {
  const files = createFileRecorder({
    current: () => undefined,
    begin: (connection) => {
      const file = nextPath();
      return startCaptureWriter(file, createFolderFile(file), {
        ...options,
        queueOctets: OWN_QUEUE_OCTETS,
        onEnd: (error) => options.onOwnEnd(error, connection),
      });
    },
    ...options,
  });
  return {
    ...files,
    ownFiles: true,
    rotate: async () => files.moveAll(),
    discard: () => files.close(),
  };
}
