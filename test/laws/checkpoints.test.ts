/** The law of checkpoints: what is observed from any of them on is what an observer sees that was there from the beginning. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { latin1 } from "../../src/core/base/octets.ts";
import type { Observation } from "../../src/core/observation.ts";
import { createObserver } from "../../src/core/observe.ts";
import type { Checkpoint } from "../../src/core/observer/checkpoint.ts";
import type { CheckpointStore } from "../../src/core/observer/checkpoint-store.ts";
import type { Depth } from "../../src/core/observer/context.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { dialogueStream } from "../chunks.ts";
import { eventsOf, SELECTED_PRELUDE } from "../playbook.ts";
import { runs } from "../runs.ts";

/** Exchanges that leave something to remember behind them, or that remember; `TAG` is a tag of their own. */
const EXCHANGES = [
  "C: TAG NOOP\nS: * 8 EXISTS\nS: TAG OK done",
  "C: TAG NOOP\nS: * 2 EXPUNGE\nS: * 1 RECENT\nS: TAG OK done",
  "C: TAG FETCH 1:3 (UID FLAGS)\nS: * 1 FETCH (UID 10 FLAGS (\\Seen))\nS: * 2 FETCH (UID 11 FLAGS ())\nS: * 3 FETCH (UID 15 FLAGS (\\Deleted))\nS: TAG OK done",
  "C: TAG FETCH 2 (UID FLAGS ENVELOPE)\nS: * 2 FETCH (UID 9 FLAGS (\\Answered))\nS: * 5 FETCH (FLAGS (\\Seen))\nS: TAG OK done",
  "C: TAG UID FETCH 10:11 (BODY[])\nS: * 1 FETCH (UID 10 BODY[] {5}\nS: hello)\nS: TAG OK done",
  "C: TAG STORE 1 +FLAGS (\\Deleted)\nS: * 1 FETCH (FLAGS (\\Seen \\Deleted))\nS: TAG OK done",
  "C: TAG EXPUNGE\nS: * 1 EXPUNGE\nS: TAG OK done",
  "C: TAG UID EXPUNGE 10\nS: * VANISHED 10\nS: TAG OK done",
  "S: * VANISHED 400:402",
  "S: * 3 FETCH (FLAGS (\\Flagged))",
  "C: TAG SELECT Archive\nS: * OK [CLOSED] left\nS: * FLAGS (\\Seen)\nS: * 2 EXISTS\nS: * OK [UIDVALIDITY 9] valid\nS: * OK [UIDNEXT 30] next\nS: * OK [HIGHESTMODSEQ 70] seq\nS: TAG OK [READ-WRITE] done",
  "C: TAG EXAMINE INBOX\nS: * 4 EXISTS\nS: * OK [UIDVALIDITY 7] valid\nS: * OK [UIDNEXT 12] next\nS: * OK [HIGHESTMODSEQ 60] seq\nS: TAG OK [READ-ONLY] done",
  "C: TAG SELECT Nowhere\nS: TAG NO [NONEXISTENT] no",
  "C: TAG CLOSE\nS: TAG OK done",
  "C: TAG STATUS INBOX (UIDNEXT HIGHESTMODSEQ)\nS: * STATUS INBOX (UIDNEXT 60 HIGHESTMODSEQ 80)\nS: TAG OK done",
  "C: TAG STATUS INBOX (UIDNEXT HIGHESTMODSEQ)\nS: * STATUS INBOX (UIDNEXT 50 HIGHESTMODSEQ 20)\nS: TAG OK done",
  "C: TAG ENABLE QRESYNC CONDSTORE\nS: * ENABLED QRESYNC\nS: TAG OK done",
  "C: TAG NOTIFY SET (SELECTED (MessageNew MessageExpunge))\nS: TAG OK done",
  'C: TAG SEARCH RETURN (UPDATE) ALL\nS: * ESEARCH (TAG "TAG") ALL 1:2\nS: TAG OK done\nS: * 7 EXISTS\nS: * ESEARCH (TAG "TAG") ADDTO (0 3)',
  "C: TAG NOOP\nS: TAG OK done\nS: * 7 EXISTS\nS: TAG OK once more",
  "C: TAG CAPABILITY\nS: * CAPABILITY IMAP4rev1 IDLE NAMESPACE\nS: TAG OK done",
  "C: TAG IDLE\nS: + idling\nS: * 9 EXISTS\nC: DONE\nS: TAG OK done",
  "C: TAG APPEND INBOX {5}\nS: + go\nC: hello\nS: TAG OK [APPENDUID 7 61] done",
  "C: TAG APPEND INBOX {5}\nS: TAG NO no\nC: hello",
  "C: TAG COMPRESS DEFLATE\nS: TAG OK go\n-- deflate client\n-- deflate server",
  "C: TAG UNAUTHENTICATE\nS: TAG OK done",
  "C: TAG AUTHENTICATE PLAIN\nS: +\nC: xxxxxxxx\nS: TAG NO no",
  "C: TAG STARTTLS\nS: TAG OK go\n-- starttls client\n-- starttls server",
  "C:",
  "S: * OK [ALERT] look",
];

const transcript = fc
  .array(fc.constantFrom(...EXCHANGES), { minLength: 1, maxLength: 14 })
  .map((chosen) => chosen.map((each, i) => each.replaceAll("TAG", `t${i}`)).join("\n"));

interface Moment {
  readonly checkpoint: Checkpoint;
  /** Observations that had been made. */
  readonly observed: number;
}

/** Everything observed, and every checkpoint that could be had before an event that is later than those before. */
function watched(events: readonly WireEvent[], depth: Depth) {
  const observations: Observation[] = [];
  const moments: Moment[] = [];
  let lastMicros = 0;
  const checkpoints: CheckpointStore = {
    before: (event, observer) => {
      const checkpoint = event.atMicros > lastMicros ? observer.checkpoint() : undefined;
      lastMicros = event.atMicros;
      if (checkpoint !== undefined) moments.push({ checkpoint, observed: observations.length });
    },
    find: () => undefined,
    words: () => 0,
  };
  const observer = createObserver({ emit: (each) => observations.push(each), depth, checkpoints });
  for (const event of events) observer.take(event);
  observer.finish();
  return { observations, moments, snapshot: observer.connection(1) };
}

/** As texts, whatever kind of array holds octets. */
function texts(observations: readonly Observation[]): readonly string[] {
  return observations.map((each) =>
    JSON.stringify(each, (_key, value: unknown) => {
      if (value instanceof Uint8Array) return latin1(value);
      return value instanceof Map ? [...value] : value;
    }),
  );
}

function holds(events: readonly WireEvent[]): number {
  const { moments } = watched(events, "skim");
  const whole = watched(events, "full");
  const expected = texts(whole.observations);
  assert.equal(moments.length, whole.moments.length);
  moments.forEach(({ checkpoint }, i) => {
    // A plain value: whatever uses it, a copy of it would do.
    const copy = structuredClone(checkpoint);
    const observations: Observation[] = [];
    const from = { connection: 1, checkpoint };
    const observer = createObserver({ emit: (each) => observations.push(each), from });
    for (const event of events) if (event.atMicros > checkpoint.lastMicros) observer.take(event);
    observer.finish();
    assert.deepEqual(texts(observations), expected.slice(whole.moments[i]?.observed));
    assert.deepEqual(observer.connection(1), whole.snapshot);
    assert.deepEqual(checkpoint, copy);
  });
  return moments.length;
}

test("law: observing from any checkpoint equals observing all, for dialogues that have something to remember", () => {
  let checkpoints = 0;
  fc.assert(
    fc.property(transcript, fc.boolean(), (text, midway) => {
      checkpoints += holds(eventsOf(`${SELECTED_PRELUDE}${text}\n-- close client`, { midway }));
    }),
    { numRuns: runs(200) },
  );
  assert.ok(checkpoints > 100, `only ${checkpoints} checkpoints`);
});

test("law: the same for octets of any kind", () => {
  fc.assert(
    fc.property(dialogueStream, (said) => {
      const prelude = eventsOf(SELECTED_PRELUDE);
      const rest = said.map(({ from, bytes }, i): WireEvent => {
        return { kind: "data", connection: 1, atMicros: 1e6 + 10 * i, from, bytes, redacted: [] };
      });
      holds([...prelude, ...rest]);
    }),
    { numRuns: runs(300) },
  );
});
