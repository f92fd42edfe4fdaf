/** A dialogue fed by those who own no sockets and so cannot obey a switch: behind one that nobody obeys, the rest is opaque. */
import type { DataEvent } from "../wire/event.ts";
import type { Dialogue } from "./dialogue.ts";

export function receiveAll(dialogue: Dialogue, { from, bytes, atMicros }: DataEvent): void {
  for (let rest = bytes; rest.length > 0; ) {
    const taken = dialogue.receive(from, rest, atMicros);
    rest = rest.subarray(taken.switch === undefined ? rest.length : taken.consumed);
  }
}
