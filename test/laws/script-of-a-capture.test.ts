/** The laws of scripts: octets in any pieces and connections in any order give the same, and nothing of the server is lost. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Observation } from "../../src/core/observation.ts";
import { observationsOf } from "../../src/core/observe.ts";
import { createScriptBuilder } from "../../src/core/replay/build-script.ts";
import type { ConnectionScript, ServerRun, Step } from "../../src/core/replay/script.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { chunked, dialogueStream } from "../chunks.ts";
import { serverStream } from "../core/replay/scripts.ts";
import { eventsOf, SELECTED_PRELUDE } from "../playbook.ts";
import { runs } from "../runs.ts";

type Said = readonly { readonly from: "client" | "server"; readonly bytes: Uint8Array }[];

function connectionEvents(connection: number, said: Said): WireEvent[] {
  const prelude = eventsOf(SELECTED_PRELUDE).map((event) => ({ ...event, connection }));
  const octets = said
    .filter(({ bytes }) => bytes.length > 0)
    .map(({ from, bytes }, at): WireEvent => {
      return { kind: "data", connection, atMicros: 100_000 + at * 3000, from, bytes, redacted: [] };
    });
  return [...prelude, ...octets, { kind: "close", connection, atMicros: 900_000, by: "client", reason: "" }];
}

function scriptOf(events: Iterable<WireEvent>): readonly ConnectionScript[] {
  const builder = createScriptBuilder();
  for (const event of events) builder.take(event);
  return builder.finish().connections;
}

/** Exchanges are numbered in the order in which they began, over all connections; octets compare by value. */
function comparable(script: ConnectionScript | undefined): unknown {
  const told = [...(script?.told ?? [])].map(([name, step]) => [name, plain(step)]);
  return JSON.parse(
    JSON.stringify({ ...script, steps: script?.steps.map(plain), told }, (_key, value: unknown) =>
      value instanceof Uint8Array ? [...value] : value,
    ),
  );
}

function plain({ connection, atMicros, command, request, tag, state, mailbox, replies, status }: Step) {
  return { connection, atMicros, command, request, tag, state, mailbox, replies, status };
}

test("octets in any pieces give the same script", () => {
  fc.assert(
    fc.property(dialogueStream, fc.array(fc.nat({ max: 9 }), { maxLength: 60 }), (said, sizes) => {
      const events = connectionEvents(1, said);
      const cuts = sizes[Symbol.iterator]();
      const pieces = events.flatMap((event): WireEvent[] =>
        event.kind === "data" ? chunked(event.bytes, cuts, 7).map((bytes) => ({ ...event, bytes })) : [event],
      );
      assert.deepEqual(comparable(scriptOf(pieces)[0]), comparable(scriptOf(events)[0]));
    }),
    { numRuns: runs(400) },
  );
});

test("connections between each other give the scripts that each gives alone", () => {
  const several = fc.array(dialogueStream, { minLength: 2, maxLength: 3 });
  fc.assert(
    fc.property(several, fc.array(fc.nat({ max: 2 }), { maxLength: 60 }), (said, turns) => {
      const all = said.map((each, at) => connectionEvents(at + 1, each));
      const queues = all.map((events) => [...events]);
      const mixed: WireEvent[] = [];
      for (const turn of turns) {
        const event = queues[turn]?.shift();
        if (event !== undefined) mixed.push(event);
      }
      for (const queue of queues) mixed.push(...queue);
      const together = scriptOf(mixed);
      for (const [at, events] of all.entries()) {
        const own = together.find(({ connection }) => connection === at + 1);
        assert.deepEqual(comparable(own), comparable(scriptOf(events)[0]));
      }
    }),
    { numRuns: runs(150) },
  );
});

test("replies and continuation requests together are all that the server said, each once", () => {
  fc.assert(
    fc.property(dialogueStream, (said) => {
      const events = connectionEvents(1, said);
      const observations = observationsOf(events);
      const [script] = scriptOf(events);
      assert.ok(script !== undefined);
      const all = runsOf(script).sort((one, other) => one.from - other.from);
      let at = 0;
      for (const { from, to } of all) {
        assert.ok(from >= at && to > from, "no two have the same octets");
        at = to;
      }
      if (observations.some(isOpaque)) return;
      const octets = all.reduce((sum, { from, to }) => sum + to - from, 0);
      assert.equal(octets + otherOctets(observations), serverStream(events, 1).length);
    }),
    { numRuns: runs(400) },
  );
});

test("a step has one completion, which is of its tag, where it has a status", () => {
  fc.assert(
    fc.property(dialogueStream, (said) => {
      const events = connectionEvents(1, said);
      if (observationsOf(events).some(isOpaque)) return;
      const stream = serverStream(events, 1);
      for (const { replies, status, tag } of scriptOf(events)[0]?.steps ?? []) {
        const tagged = replies.filter((reply) => reply.tagged);
        assert.ok(tagged.length <= 1);
        assert.ok(status === undefined || tagged.length === 1);
        for (const { run, tagAt } of replies) {
          if (tagAt === undefined) continue;
          const found = Buffer.from(stream.subarray(run.from + tagAt)).toString("latin1");
          assert.ok(found.startsWith(tag));
        }
      }
    }),
    { numRuns: runs(300) },
  );
});

function runsOf({ greeting, steps }: ConnectionScript): ServerRun[] {
  const own = greeting === undefined ? [] : [greeting.run];
  return [...own, ...steps.flatMap(({ replies }) => replies.map(({ run }) => run))];
}

/** Of what the player says himself, or nobody. */
function otherOctets(observations: readonly Observation[]): number {
  return observations.reduce((sum, observation) => {
    if (observation.kind !== "response") return sum;
    const isOther = observation.role === "continuation" || observation.role === "blank";
    return isOther ? sum + observation.frame.octets : sum;
  }, 0);
}

function isOpaque(observation: Observation): boolean {
  return (
    observation.kind === "notice" && observation.code !== "channelBinding" && observation.code !== "alert"
  );
}
