/** How a connection stands between two frames with nothing under way: an observer can go on from there. */
import type { Micros } from "../base/time.ts";
import type { SavedConnectionModel } from "../connection/connection-model.ts";
import type { SavedMailboxMemory } from "../connection/mailbox-memory.ts";
import type { SavedMailboxView } from "../connection/saved-mailbox-view.ts";
import { slotsOf } from "../connection/saved-slots.ts";
import type { Dialogue } from "../dialogue/dialogue.ts";
import type { SavedDialogue } from "../dialogue/dialogue-options.ts";
import type { SavedCorrelator } from "../exchange/correlator.ts";
import type { NoticeCode } from "../observation.ts";
import type { ObserverContext } from "./context.ts";

/** A plain value, never changed: any number of observers may go on from it. */
export interface Checkpoint {
  readonly midway: boolean;
  readonly dialogue: SavedDialogue;
  readonly model: SavedConnectionModel;
  readonly correlator: SavedCorrelator;
  readonly memory: SavedMailboxMemory;
  /** When the last event was seen, and the last octets of the client. */
  readonly lastMicros: Micros;
  readonly lastClientMicros: Micros | undefined;
  readonly settled: boolean;
  readonly noticed: readonly NoticeCode[];
}

/** `undefined` where something is under way, or where it would be too much. */
export function checkpointOf(
  context: ObserverContext,
  dialogue: Dialogue,
  lastMicros: Micros,
): Checkpoint | undefined {
  const { model, correlator, memory, lastClientMicros, settled, noticed } = context;
  const savedDialogue = correlator.open.count() === 0 ? dialogue.save() : undefined;
  const savedModel = savedDialogue === undefined ? undefined : model.save();
  if (savedDialogue === undefined || savedModel === undefined) return undefined;
  return {
    midway: model.midway,
    dialogue: savedDialogue,
    model: savedModel,
    correlator: correlator.save(),
    memory: memory.save(),
    ...{ lastMicros, lastClientMicros, settled, noticed: [...noticed] },
  };
}

/** About how many words of memory it takes, but for what it shares with one of the same connection. */
export function sizeOf({ model, correlator, memory }: Checkpoint, before?: Checkpoint): number {
  const { view, nowhere } = model.selections;
  const old = before?.model.selections;
  const { last, updating } = correlator.finished;
  const finished = [last, updating].reduce(
    (words, { ordinals, tags }) => words + (4 * ordinals.length + tags.length) / 8,
    0,
  );
  return (
    200 + sizeOfView(view, old?.view) + sizeOfView(nowhere, old?.nowhere) + finished + 20 * memory.length
  );
}

/** That flags of a message take: many have changed, some are the same. */
const WORDS_OF_FLAGS = 4;

function sizeOfView({ uids, flags, removed }: SavedMailboxView, before?: SavedMailboxView): number {
  return slotsOf(uids, before?.uids) + WORDS_OF_FLAGS * slotsOf(flags, before?.flags) + removed.length / 2;
}
