/** Saves what was chosen of what was seen as a capture of its own that still replays: text throughout, so that git and editors leave it alone. */
import { createSlicer } from "../core/slice.ts";
import { createSliceChoice, type SliceWishes } from "../core/slice-choice.ts";
import { openCaptureWriter } from "../files/capture-writer.ts";
import { version } from "../version.ts";
import type { Past } from "./past.ts";

/** What the header of the new capture says. */
export interface SliceFacts {
  /** What the wall clock said at time 0. */
  readonly startedAt: Date | undefined;
  /** What is masked: `["credentials"]`, or nothing. */
  readonly redacted: readonly string[];
}

/**
 * Writes what is wished for, with what leads there, to a new file, made readable for its owner only; gives of how many connections
 * it is. Where nothing is, nothing is written.
 * @throws ImapscopeError ERR_CAPTURE_EXISTS, ERR_CAPTURE_UNWRITABLE, ERR_CAPTURE_ENDED, and what the past throws
 */
export async function saveSlice(
  path: string,
  past: Past,
  wishes: SliceWishes,
  { startedAt, redacted }: SliceFacts,
): Promise<number> {
  const { signal } = new AbortController();
  const choice = createSliceChoice(wishes);
  await past.observe({ depth: "full", signal }, choice.take);
  const stretches = choice.finish();
  if (stretches.size === 0) return 0;
  let failure: Error | undefined;
  const writer = await openCaptureWriter(path, {
    createdBy: `imapscope ${version()}`,
    createdAt: startedAt ?? new Date(),
    redacted,
    ...{ complete: true, plainOnly: true },
    onEnd: (error) => {
      failure = error;
    },
  });
  const slicer = createSlicer({ stretches, emit: writer.append });
  await past.events(signal, slicer.take);
  await writer.close();
  if (failure !== undefined) throw failure;
  return stretches.size;
}
