/**
 * The literals of a recorded client: an observation has the first octets of each only. So the connection is followed once more,
 * in the same frames, and of each frame of the client the prints of its literals are kept until its observation comes.
 */
import { createDialogue } from "../dialogue/dialogue.ts";
import { receiveAll } from "../dialogue/receive-all.ts";
import type { WireEvent } from "../wire/event.ts";
import type { Ignored } from "./ignore.ts";
import { createLiteralPrints, type LiteralPrint, NO_PRINTS } from "./literal-print.ts";

export interface ClientPrints {
  /** Takes every event of the connection, before it is observed. */
  readonly take: (event: WireEvent) => void;
  /** Of the next frame of the client, in their order. */
  readonly next: () => readonly LiteralPrint[];
}

/** `ignored` is what commands will not be compared by. */
export function createClientPrints(midway: boolean, ignored?: Ignored): ClientPrints {
  const following = createLiteralPrints(ignored);
  const waiting: (readonly LiteralPrint[])[] = [];
  const dialogue = createDialogue({
    midway,
    literalHeadOctets: 0,
    onSegment: (from, segment) => {
      if (from === "client") following.segment(segment);
    },
    emit: (told) => {
      if (told.kind === "frame" && told.frame.from === "client") waiting.push(following.take());
    },
  });

  return {
    take: (event) => {
      switch (event.kind) {
        case "data":
          if (event.relayed !== false) receiveAll(dialogue, event);
          break;
        case "starttls":
          dialogue.switched("startTls", undefined);
          break;
        case "deflate":
          dialogue.switched("deflate", event.from);
          break;
        case "end":
          dialogue.finish(event.from);
          break;
        case "close":
          dialogue.finish();
          break;
        default:
      }
    },
    next: () => waiting.shift() ?? NO_PRINTS,
  };
}
