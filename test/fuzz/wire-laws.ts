/** What must hold for every dialogue, however broken: the checks of the wire targets, and of what they once found. */
import assert from "node:assert/strict";
import { concat, latin1 } from "../../src/core/base/octets.ts";
import { createDialogue } from "../../src/core/dialogue/dialogue.ts";
import { createIntake } from "../../src/core/intake.ts";
import { observationsOf } from "../../src/core/observe.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { chunked } from "../chunks.ts";
import type { Said } from "./dialogues.ts";

const SIDES = ["client", "server"] as const;

/** What the intake gives for it; a bug of ours is thrown on. */
function taken(said: readonly Said[], keepSecrets: boolean): readonly WireEvent[] {
  const events: WireEvent[] = [];
  const intake = createIntake({
    keepSecrets,
    emit: (event) => events.push(event),
    onFailure: (error) => {
      throw error;
    },
  });
  said.forEach(({ from, bytes }, atMicros) => {
    intake.take({ kind: "data", connection: 1, atMicros, from, bytes, redacted: [] });
  });
  intake.take({ kind: "close", connection: 1, atMicros: said.length, by: "client", reason: "" });
  return events;
}

/** How many octets an event stands for. */
const octetsOf = (event: WireEvent): number =>
  event.kind === "data" ? event.bytes.length : event.kind === "omitted" ? event.octets : 0;

/** Never throws; with secrets kept not one octet is lost or changed; and what comes of it can be observed. */
export function holdsTogether(said: readonly Said[]): void {
  const kept = taken(said, true);
  for (const from of SIDES) {
    const own = said.filter((each) => each.from === from).map(({ bytes }) => bytes);
    const given = kept.filter((event) => "from" in event && event.from === from);
    assert.equal(
      given.reduce((sum, event) => sum + octetsOf(event), 0),
      own.reduce((sum, bytes) => sum + bytes.length, 0),
      `octets of the ${from}`,
    );
    const data = given.flatMap((event) => (event.kind === "data" ? [event.bytes] : []));
    // From where a stream cannot be framed it is only counted, so what is given is how it begins.
    const text = latin1(concat([new Uint8Array(0), ...data]));
    if (!given.some((event) => event.kind === "omitted"))
      assert.equal(text, latin1(concat([new Uint8Array(0), ...own])));
  }
  observationsOf(taken(said, false));
}

/** What the frames are, without their times. */
function framesOf(said: readonly Said[]): readonly string[] {
  const frames: string[] = [];
  const dialogue = createDialogue({
    emit: (event) => {
      if (event.kind === "opaque") frames.push(`opaque ${event.from} ${event.reason}`);
      if (event.kind !== "frame") return;
      const { role, reason, ordinal, frame, defects } = event;
      const literals = frame.literals.map((literal) => literal.octets).join(",");
      frames.push(`${role} ${reason} ${ordinal} ${frame.end} ${literals} ${defects.map(({ kind }) => kind)}`);
    },
  });
  for (const { from, bytes } of said) {
    for (let rest = bytes; rest.length > 0; ) {
      const { consumed } = dialogue.receive(from, rest, 0);
      rest = rest.subarray(Math.max(consumed, 1));
    }
  }
  return frames;
}

/** The frames are the same however the octets are cut. */
export function framesAlike(said: readonly Said[], sizes: Iterator<number>): void {
  const cut = said.flatMap(({ from, bytes }) => chunked(bytes, sizes).map((part) => ({ from, bytes: part })));
  assert.deepEqual(framesOf(cut), framesOf(said));
}

/** Nothing that leaves the masker, and nothing that is observed, has the secret. */
export function keepsSecret(said: readonly Said[], secret: string): void {
  const events = taken(said, false);
  const text = events.map((event) => (event.kind === "data" ? latin1(event.bytes) : "")).join("");
  assert.ok(!text.includes(secret), "the masker gave the secret on");
  const observed = JSON.stringify(observationsOf(events), (_key, value: unknown) =>
    value instanceof Uint8Array ? latin1(value) : value instanceof Map ? [...value] : value,
  );
  assert.ok(!observed.includes(secret), "an observation has the secret");
}
