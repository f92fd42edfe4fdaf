import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import type { Observation } from "../../../src/core/observation.ts";
import { createObserver } from "../../../src/core/observe.ts";
import { createMatcher } from "../../../src/core/query/matcher.ts";
import { parseFilter } from "../../../src/core/query/parse.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import type { Past } from "../../../src/tui/past.ts";
import { createConnectionTable } from "../../../src/tui/rows/connection-table.ts";
import { createRowStore, type RowStore } from "../../../src/tui/rows/row-store.ts";
import { readsDialogue, type Search, startSearch } from "../../../src/tui/run/search.ts";
import { eventsOf, SELECTED_PRELUDE } from "../../playbook.ts";
import { pastOfEvents } from "../past-of-events.ts";
import { demoEvents } from "../shown.ts";

const ODD = eventsOf(`${SELECTED_PRELUDE}
  C: b1 FETCH 1 (FLAGS BODY[])
  S: * 1 FETCH (FLAGS (\\Seen) BODY[] {5}
  S: hello)
  S: * 6 EXISTS
  S: b1 OK done
  C| b2 NOOP\\n
  S: b2 OK done
  C: b3 SELECT nowhere
  S: b3 NO [NONEXISTENT] no
  C: b4 IDLE
  S: + idling
  S| * 2 EXPUNGE\\r\\n* 2 EXPUNGE\\r\\n
  -- close server`);
const DEMO = demoEvents();

const FILTERS = [
  "cmd:fetch",
  "status:no or status:lost",
  "not cmd:fetch",
  "push",
  "defect",
  "state",
  "conn:2",
  "wait>10ms",
  "total>5ms mailbox:INBOX",
  "text:hello",
  "text:Flagged",
  "text:octets-that-nobody-sent",
  "not text:hello",
  "text:hello text:BODY defect",
  "user:alice",
  "code:NONEXISTENT or tag:b1",
  "tls or code:AUTHENTICATIONFAILED",
  "(push or state) conn:1",
];

/** What stays of an observation in its row. */
function keyOf(observation: Observation): string | undefined {
  const { kind, connection, atMicros } = observation;
  if (kind === "request" || kind === "exchangeStarted") return undefined;
  if (kind === "exchange") return `exchange #${connection} ${observation.exchange.timings.sentMicros}`;
  if (kind !== "response") return `${kind} #${connection} ${atMicros}`;
  return observation.attribution.certainty === "greeting" ? `greeting #${connection} ${atMicros}` : undefined;
}

/** What matches where every line is looked at as it comes, as `view --filter` does. */
function expected(events: readonly WireEvent[], text: string): readonly string[] {
  const matches = createMatcher(filterOf(text));
  const keys: string[] = [];
  const observer = createObserver({
    emit: (seen) => {
      const hit = matches(seen);
      const key = keyOf(seen);
      if (hit && key !== undefined) keys.push(key);
    },
  });
  for (const event of events) observer.take(event);
  observer.finish();
  return keys.sort();
}

function filterOf(text: string) {
  const { filter } = parseFilter(text);
  return filter ?? assert.fail(text);
}

function matched(rows: RowStore, search: Search): readonly string[] {
  return Array.from({ length: rows.count() }, (_, number) => rows.row(number))
    .filter(({ number }) => search.matched.has(number))
    .map(({ kind, connection, atMicros }) => `${kind} #${connection} ${atMicros}`)
    .sort();
}

/** Begins to search when so many events have been seen, at first no deeper than rows need it. */
async function searched(
  events: readonly WireEvent[],
  text: string,
  begin: number,
): Promise<readonly string[]> {
  const rows = createRowStore();
  const past: WireEvent[] = [];
  let search: Search | undefined;
  const connections = createConnectionTable();
  const { userOf } = connections;
  const observer = createObserver({
    depth: begin === 0 ? "full" : "skim",
    emit: (seen) => {
      connections.add(seen);
      const row = rows.add(seen);
      search?.take(seen, row);
    },
  });
  for (const [i, event] of events.entries()) {
    if (i === begin) {
      search = startSearch(filterOf(text), { rows, past: pastOfEvents(past), userOf }, () => {});
      observer.look(readsDialogue(filterOf(text)) ? "full" : "skim");
    }
    past.push(event);
    observer.take(event);
  }
  search ??= startSearch(filterOf(text), { rows, past: pastOfEvents(past), userOf }, () => {});
  observer.finish();
  await search.done;
  // What was in flight is read back one by one.
  for (let left = rows.count(); left > 0; left--) await turn();
  assert.equal(search.share(), undefined);
  const found = matched(rows, search);
  assert.equal(search.matches(), found.length);
  return found;
}

for (const text of FILTERS) {
  test(`${text}: the same rows match from the start, afterwards, and begun in between`, async () => {
    for (const events of [DEMO, ODD]) {
      const wanted = expected(events, text);
      const step = events === DEMO ? events.length >> 1 : 1;
      for (let begin = 0; begin <= events.length; begin += step) {
        assert.deepEqual(await searched(events, text, begin), wanted, `begun behind ${begin} events`);
      }
    }
  });
}

test("a filter that asks for lines or defects reads back fully, others skim", async () => {
  const depths: string[] = [];
  const past: Past = { ...pastOfEvents([]), observe: async ({ depth }) => void depths.push(depth) };
  const rows = createRowStore();
  for (const event of ODD) {
    const observer = createObserver({ emit: rows.add });
    observer.take(event);
  }
  for (const text of ["text:a", "defect", "not (cmd:noop or defect)", "cmd:fetch", "push"]) {
    await startSearch(filterOf(text), { rows, past, userOf: () => undefined }, () => {}).done;
  }
  assert.deepEqual(depths, ["full", "full", "full", "skim", "skim"]);
});

test("a search that is stopped ends, and one that cannot read says so", async () => {
  const rows = createRowStore();
  const observer = createObserver({ emit: rows.add });
  for (const event of ODD) observer.take(event);
  const waiting: Past = {
    ...pastOfEvents([]),
    observe: ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
  };
  const search = startSearch(filterOf("push"), { rows, past: waiting, userOf: () => undefined }, () => {});
  assert.equal(search.share(), 0);
  search.stop();
  await assert.rejects(search.done);
  assert.equal(search.share(), undefined);
});
