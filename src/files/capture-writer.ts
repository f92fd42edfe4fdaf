/** A capture file to record to: its header, and what its end means. How the recording goes on is in recording.ts. */
import { utf8 } from "../core/base/octets.ts";
import { encodeHeader } from "../core/capture/encode.ts";
import { CAPTURE_VERSION } from "../core/capture/format.ts";
import { ImapscopeError } from "../errors.ts";
import { createBlocks } from "./blocks.ts";
import { type CaptureFile, createCaptureFile } from "./capture-file.ts";
import { laterFile } from "./later-file.ts";
import { startRecording } from "./recording.ts";
import type { Recording, RecordingOptions } from "./recording-options.ts";
import { systemReason } from "./system-error.ts";

const QUEUE_OCTETS = 64 * 1024 * 1024;
/** Octets that are written at once. */
const BLOCK_OCTETS = 1024 * 1024;

export interface CaptureWriterOptions {
  /** The program and its version, such as `imapscope 0.1.0`. */
  readonly createdBy: string;
  /** When the clock of the events was zero. */
  readonly createdAt: Date;
  /** What is masked in the events, for the header: `["credentials"]`, or nothing with `--keep-secrets`. */
  readonly redacted: readonly string[];
  /** Replaces an existing file. */
  readonly force?: boolean;
  /** Slows the relay rather than leave anything out. */
  readonly complete?: boolean;
  /** Writes no raw octets, so that the file is text throughout. */
  readonly plainOnly?: boolean;
  /** Octets that may wait to be written; 64 MiB unless told. */
  readonly queueOctets?: number;
  /** Told once when a write has failed and the recording is over. */
  readonly onEnd?: (error: ImapscopeError) => void;
  /** Makes the file; for tests. */
  readonly createFile?: (path: string, options: { readonly force: boolean }) => Promise<CaptureFile>;
}

export interface CaptureWriter extends Recording {
  readonly path: string;
  /** Ends the recording and removes the file, where what was to be recorded never began. */
  readonly discard: () => Promise<void>;
}

/**
 * Makes a capture file, writes its header, and begins to record.
 *
 * @throws ImapscopeError ERR_CAPTURE_EXISTS, ERR_CAPTURE_UNWRITABLE
 */
export async function openCaptureWriter(path: string, options: CaptureWriterOptions): Promise<CaptureWriter> {
  const file = await (options.createFile ?? createCaptureFile)(path, { force: options.force === true });
  const header = utf8(headerText(options));
  try {
    await file.write([header], 0);
  } catch (cause) {
    await file.discard();
    throw new ImapscopeError("ERR_CAPTURE_UNWRITABLE", { path, reason: systemReason(cause) }, { cause });
  }
  return writer(path, file, options, {
    startOctets: header.length,
    blocks: createBlocks(BLOCK_OCTETS, QUEUE_OCTETS / BLOCK_OCTETS),
  });
}

/** Octets of a block where there are many files: a connection seldom has more to write at once. */
const SMALL_BLOCK_OCTETS = 64 * 1024;

/** Begins to record to a file that is being made; where it cannot be made, that is told as the end of the recording. */
export function startCaptureWriter(
  path: string,
  made: Promise<CaptureFile>,
  options: CaptureWriterOptions,
): CaptureWriter {
  return writer(path, laterFile(made), options, {
    startOctets: 0,
    preface: headerText(options),
    blocks: createBlocks(SMALL_BLOCK_OCTETS),
  });
}

function headerText({ createdAt, createdBy, redacted }: CaptureWriterOptions): string {
  return encodeHeader({ version: CAPTURE_VERSION, createdAt: createdAt.toISOString(), createdBy, redacted });
}

type Beginning = Pick<RecordingOptions, "startOctets" | "preface" | "blocks">;

function writer(
  path: string,
  file: CaptureFile,
  options: CaptureWriterOptions,
  beginning: Beginning,
): CaptureWriter {
  const recording = startRecording(file, {
    ...beginning,
    queueOctets: options.queueOctets ?? QUEUE_OCTETS,
    complete: options.complete === true,
    plainOnly: options.plainOnly === true,
    onFailure: (error) => options.onEnd?.(recordingEnded(path, error)),
  });
  const discard = async (): Promise<void> => {
    await recording.close();
    await file.discard();
  };
  return { path, ...recording, discard };
}

/** What the end of a recording before its time is told as: with the system's error, not with what was made of it. */
export function recordingEnded(path: string, error: unknown): ImapscopeError {
  const cause = error instanceof ImapscopeError ? error.cause : error;
  return new ImapscopeError("ERR_CAPTURE_ENDED", { path, reason: systemReason(cause) }, { cause });
}
