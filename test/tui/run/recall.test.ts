import assert from "node:assert/strict";
import { test } from "node:test";
import { createObserver, observationsOf } from "../../../src/core/observe.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import type { Material } from "../../../src/tui/details/material.ts";
import type { Past } from "../../../src/tui/past.ts";
import type { Row } from "../../../src/tui/rows/row.ts";
import { createRowStore } from "../../../src/tui/rows/row-store.ts";
import { recallRow } from "../../../src/tui/run/recall.ts";
import { eventsOf, SELECTED_PRELUDE } from "../../playbook.ts";
import { pastOfEvents } from "../past-of-events.ts";

const EVENTS = eventsOf(`${SELECTED_PRELUDE}
  -- tls server
  C: b1 NOOP
  S: * 6 EXISTS
  S: * 1 RECENT
  S: b1 OK first
  C: b1 NOOP
  S: b1 OK second
  C: b2 BOGUS
  C: b3 IDLE`);
const never = new AbortController().signal;

function rowsOf(events: readonly WireEvent[]): readonly Row[] {
  const store = createRowStore();
  for (const observation of observationsOf(events)) store.add(observation);
  return Array.from({ length: store.count() }, (_, number) => store.row(number));
}

const ROWS = rowsOf(EVENTS);

function recall(row: Row, past: Past, rows = ROWS, signal = never): Promise<Material> {
  const known = {
    row: (number: number) => (number === row.number ? row : (rows[number] ?? row)),
    underWay: () => undefined,
  };
  return recallRow(row.number, known, past, Number.MAX_SAFE_INTEGER, signal);
}

test("every row is read back as what it is about", async () => {
  for (const row of ROWS) {
    const material = await recall(row, pastOfEvents(EVENTS));
    if (material.kind === "exchange") {
      assert.equal(row.kind, "exchange");
      assert.equal(material.exchange.tag, row.label);
      assert.equal(material.exchange.timings.sentMicros, row.atMicros);
    } else {
      assert.equal(material.observation.atMicros, row.atMicros, row.main);
      if (row.kind !== "greeting") assert.equal(material.observation.kind, row.kind);
    }
    assert.notEqual(material.connection, undefined);
  }
});

test("of two exchanges with one tag each is read back by its time", async () => {
  const texts = [];
  for (const row of ROWS.filter(({ label }) => label === "b1")) {
    const material = await recall(row, pastOfEvents(EVENTS));
    texts.push(material.kind === "exchange" ? material.exchange.text : undefined);
  }
  assert.deepEqual(texts, ["first", "second"]);
});

test("a push comes with the response that it is made of", async () => {
  const row = ROWS.find(({ kind }) => kind === "push");
  if (row === undefined) return;
  const material = await recall(row, pastOfEvents(EVENTS));
  assert.equal(material.kind === "event" && material.response?.response.kind, "data");
});

test("several pushes of one moment are told apart", async () => {
  const idle = eventsOf(`${SELECTED_PRELUDE}
    C: b1 IDLE
    S: + idling
    S| * 6 EXISTS\\r\\n* 2 EXPUNGE\\r\\n* 2 EXPUNGE\\r\\n* 4 RECENT\\r\\n`);
  const pushes = rowsOf(idle).filter(({ kind }) => kind === "push");
  const names: unknown[] = [];
  const observations = new Set<unknown>();
  for (const row of pushes) {
    const material = await recall(row, pastOfEvents(idle), rowsOf(idle));
    const { observation } = material.kind === "event" ? material : { observation: undefined };
    observations.add(observation?.kind === "push" && observation.response);
    names.push(
      observation?.kind === "push" && observation.response.kind === "data" && observation.response.name,
    );
  }
  assert.deepEqual(names, ["EXISTS", "EXPUNGE", "EXPUNGE", "RECENT"]);
});

test("an exchange in flight is read back as far as it is", async () => {
  const row = ROWS.at(-1);
  assert.equal(row?.label, "b3");
  if (row === undefined) return;
  const inFlight: Row = { ...row, exchange: row.exchange && { ...row.exchange, endMicros: undefined } };
  const material = await recall(inFlight, pastOfEvents(EVENTS));
  assert.equal(material.kind === "exchange" && material.exchange.tag, "b3");
});

test("an exchange in flight stands as it does now, under the id by which it was read back", async () => {
  const dialogue = eventsOf(`${SELECTED_PRELUDE}\nC: b2 FETCH 1 BODY[]\nS| * 1 FETCH (BODY[] {99}`);
  const other = EVENTS.map((event) => ({ ...event, connection: 2 }));
  const observer = createObserver({ emit: (seen) => store.add(seen) });
  const store = createRowStore(observer.underWay);
  for (const event of [...other, ...dialogue]) observer.take(event);
  const row = Array.from({ length: store.count() }, (_, number) => store.row(number)).find(
    ({ label, connection }) => label === "b2" && connection === 1,
  );
  assert.ok(row?.exchange !== undefined);
  const material = await recallRow(row.number, store, pastOfEvents(dialogue, true), 1e9, never);
  assert.ok(material.kind === "exchange");
  const { end, octets, id } = material.exchange;
  assert.deepEqual([end, octets], ["inFlight", { clientToServer: 19, serverToClient: 22 }]);
  assert.equal(id, material.id);
  assert.notEqual(id, row.exchange.id);
});

test("it is asked for from its own time on, so that what was before can be left out", async () => {
  const past = pastOfEvents(EVENTS);
  for (const row of ROWS) {
    const asked: (number | undefined)[] = [];
    const watched: Past = {
      ...past,
      recall: (request, take) => {
        asked.push(request.fromMicros);
        return past.recall(request, take);
      },
    };
    await recall(row, watched);
    assert.deepEqual(asked, [row.atMicros]);
  }
});

test("what is no longer kept is said to be so, and a failure is passed on", async () => {
  const empty = pastOfEvents([]);
  for (const row of ROWS) await assert.rejects(recall(row, empty), /no longer kept/);
  const broken: Past = { ...empty, recall: () => Promise.reject(new Error("the disk is gone")) };
  const [row] = ROWS;
  if (row !== undefined) await assert.rejects(recall(row, broken), /the disk is gone/);
});
