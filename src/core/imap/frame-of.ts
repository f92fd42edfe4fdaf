/** Frames from octets without a dialogue around them: for the library, and for tests. */
import type { Sender } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import { NO_OCTETS, utf8 } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { Frame } from "./frame.ts";
import { createFramer } from "./framer.ts";
import { isFreeText } from "./free-text.ts";

/**
 * Cuts octets of one sender into frames; what is not whole at the end is a frame too, whose `end` is `cut`. Every client
 * literal is taken as accepted: whether the server refused one only the whole dialogue tells. Never throws; linear time.
 */
export function framesOf(from: Sender, octets: Uint8Array | string, atMicros: Micros = 0): readonly Frame[] {
  const frames: Frame[] = [];
  const framer = createFramer({
    from,
    literalHeadOctets: LIMITS.literalHeadOctets,
    opensLiterals: (line) => from === "client" || !isFreeText(line),
    onAnnounced: () => {},
    onFrame: (frame) => {
      frames.push(frame);
      return true;
    },
  });
  framer.push(typeof octets === "string" ? utf8(octets) : octets, atMicros);
  framer.finish();
  return frames;
}

/** The first frame of octets; a missing line end gives one with end `cut`, and no octets at all an empty one. */
export function frameOf(from: Sender, octets: Uint8Array | string, atMicros: Micros = 0): Frame {
  return framesOf(from, octets, atMicros)[0] ?? emptyFrame(from, atMicros);
}

function emptyFrame(from: Sender, atMicros: Micros): Frame {
  return {
    from,
    startMicros: atMicros,
    endMicros: atMicros,
    octets: 0,
    lines: [NO_OCTETS],
    literals: [],
    end: "cut",
    droppedOctets: 0,
  };
}
