/** Saves pieces of what was seen as a capture of its own: text throughout, so that git and editors leave it alone. */
import type { ConnectionId } from "../core/base/leg.ts";
import { createSlicer, type Stretch } from "../core/slice.ts";
import { openCaptureWriter } from "../files/capture-writer.ts";
import { version } from "../version.ts";
import type { Past } from "./past.ts";

export interface ConnectionStretch extends Stretch {
  readonly connection: ConnectionId;
}

/** What the header of the new capture says. */
export interface SliceFacts {
  /** What the wall clock said at time 0. */
  readonly startedAt: Date | undefined;
  /** What is masked: `["credentials"]`, or nothing. */
  readonly redacted: readonly string[];
}

/**
 * Writes the stretches to a new file, made readable for its owner only; gives of how many connections they are.
 * @throws ImapscopeError ERR_CAPTURE_EXISTS, ERR_CAPTURE_UNWRITABLE, ERR_CAPTURE_ENDED
 */
export async function saveSlice(
  path: string,
  past: Past,
  stretches: readonly ConnectionStretch[],
  { startedAt, redacted }: SliceFacts,
): Promise<number> {
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
  const byConnection = new Map<ConnectionId, Stretch[]>();
  for (const stretch of stretches) {
    const others = byConnection.get(stretch.connection);
    if (others === undefined) byConnection.set(stretch.connection, [stretch]);
    else others.push(stretch);
  }
  const slicer = createSlicer({ stretches: byConnection, emit: writer.append });
  await past.events(new AbortController().signal, slicer.take);
  await writer.close();
  if (failure !== undefined) throw failure;
  return byConnection.size;
}
