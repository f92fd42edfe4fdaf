/** `imapscope slice`: cuts a capture down to a small one. */
import type { CaptureHeader } from "../core/capture/format.ts";
import type { SliceWishes } from "../core/slice-choice.ts";
import { writeWholeFile } from "../files/replace-file.ts";
import { compileFilter } from "../library/show.ts";
import { sliceCapture } from "../library/slice.ts";
import { dateOf } from "./capture-show.ts";
import { type Moment, microsOf } from "./moment.ts";
import { tell, tellNotice } from "./tell.ts";

export interface SliceCommandOptions {
  readonly filter?: string | undefined;
  readonly connection?: readonly number[] | undefined;
  readonly from?: Moment | undefined;
  readonly until?: Moment | undefined;
  readonly force: boolean;
}

export async function runSlice(path: string, out: string, options: SliceCommandOptions): Promise<void> {
  const stopped = new AbortController();
  process.once("SIGINT", () => stopped.abort());
  process.once("SIGTERM", () => stopped.abort());
  const { signal } = stopped;
  const wishes = wishesOf(options);
  const slice = await sliceCapture(path, {
    wishesOf: wishes,
    onProblem: ({ line, message }) => {
      tellNotice({ level: "warning", text: `line ${line} of the capture: ${message}` });
    },
    signal,
  });
  signal.throwIfAborted();
  const count = slice.connections === 1 ? "one connection" : `${slice.connections} connections`;
  if (out === "-") {
    // Whoever reads no longer (`| head`) has what it wanted.
    process.stdout.on("error", () => stopped.abort());
    await slice.write(toStdout);
  } else {
    await writeWholeFile(out, { force: options.force }, async (file) => {
      await slice.write(file.write);
      signal.throwIfAborted();
    });
    tell(`imapscope: wrote ${out}, with ${count}. It holds the mail: mind whom you give it to.`);
  }
}

function wishesOf({
  filter,
  connection,
  from,
  until,
}: SliceCommandOptions): (header: CaptureHeader) => SliceWishes {
  const matches = filter === undefined ? undefined : compileFilter(filter);
  return ({ createdAt }) => {
    const startedAt = dateOf(createdAt);
    return {
      matches,
      connections: connection && new Set(connection),
      fromMicros: from && microsOf(from, startedAt),
      untilMicros: until && microsOf(until, startedAt),
    };
  };
}

function toStdout(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.write(bytes, () => resolve());
  });
}
