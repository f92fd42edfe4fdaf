import assert from "node:assert/strict";
import { test } from "node:test";
import { createRowStore, type RowStore } from "../../../src/tui/rows/row-store.ts";
import { code, completed, data, defectFound, exchange, push, started, TIMINGS } from "../../observations.ts";
import { play, SELECTED_PRELUDE } from "../../playbook.ts";

function storeOf(transcript: string): RowStore {
  const store = createRowStore();
  for (const observation of play(transcript).observations) store.add(observation);
  return store;
}

function textOf(store: RowStore): string[] {
  return Array.from({ length: store.count() }, (_, number) => {
    const { kind, label, status, main, mailbox, tail, text } = store.row(number);
    return [kind, label, status, main, mailbox, tail, text].filter((part) => part !== "").join(" | ");
  });
}

test("exchanges and everything else that happened have a row each, in the order in which they began", () => {
  const store = storeOf(`${SELECTED_PRELUDE}
    C: b1 FETCH 1 (FLAGS)
    S: * 1 FETCH (FLAGS (\\\\Seen))
    S: * 18 EXISTS
    S: b1 OK done
    C: b2 SELECT nowhere
    S: b2 NO [NONEXISTENT] there is no such mailbox
    C: b3 IDLE
    -- close server`);
  const rows = textOf(store);
  assert.ok(
    rows.some((row) => row.startsWith("exchange | b1 | OK | FETCH 1")),
    rows.join("\n"),
  );
  assert.ok(
    rows.some(
      (row) => row.startsWith("push | push | * 18 EXISTS") || row.startsWith("push | push | 18 EXISTS"),
    ),
    rows.join("\n"),
  );
  assert.ok(
    rows.some((row) =>
      /^exchange \| b2 \| NO \| SELECT nowhere .*\[NONEXISTENT\] \| there is no such mailbox/.test(row),
    ),
    rows.join("\n"),
  );
  assert.ok(
    rows.some((row) => row.startsWith("exchange | b3 | lost | IDLE")),
    rows.join("\n"),
  );
  assert.ok(
    rows.some((row) => row.startsWith("greeting | greet")),
    rows.join("\n"),
  );
  assert.equal(store.inFlight(), 0);
  assert.equal(store.counts().failed, 2);
});

test("an exchange in flight is open, and its row changes when it is over", () => {
  const store = createRowStore();
  const begun = started({ id: 7 });
  const row = store.add(begun);
  assert.equal(row, 0);
  assert.equal(store.row(0).status, "open");
  assert.equal(store.row(0).exchange?.endMicros, undefined);
  assert.equal(store.inFlight(), 1);
  const over = completed({
    id: 7,
    timings: {
      ...TIMINGS,
      sentMicros: 1000,
      sentEndMicros: 1500,
      uploadMicros: 500,
      waitMicros: 2000,
      completedMicros: 9000,
    },
  });
  assert.equal(store.add(over), 0);
  assert.equal(store.row(0).status, "OK");
  assert.equal(store.ofExchange(7), 0);
  assert.equal(store.inFlight(), 0);
});

test("a push and a defect name the exchange during which they came", () => {
  const store = createRowStore();
  store.add(started({ id: 1, tag: "x1" }));
  store.add(push({ response: data("EXISTS", { kind: "count" }, 3), during: 1 }));
  store.add(defectFound());
  assert.match(store.row(1).text, /^during x1 /);
  assert.match(store.row(2).main, / in x1 /);
  assert.equal(store.counts().defects, 1);
});

test("how an exchange in flight stands is asked when its row is looked at, and not when it is over", () => {
  let asked = 0;
  let octets = 5;
  const store = createRowStore((connection, id) => {
    asked++;
    const sent = { clientToServer: 9, serverToClient: octets };
    return connection === 1 && id === 7 ? exchange({ id, end: "inFlight", octets: sent }) : undefined;
  });
  store.add(started({ id: 7, connection: 1 }));
  assert.equal(asked, 0);
  assert.deepEqual([store.row(0).exchange?.up, store.row(0).exchange?.down], [9, 5]);
  octets = 400_000;
  assert.equal(store.row(0).exchange?.down, 400_000);
  assert.equal(store.underWay(0)?.octets.serverToClient, 400_000);
  store.add(completed({ id: 7, connection: 1 }));
  const before = asked;
  assert.equal(store.row(0).exchange?.down, exchange({}).octets.serverToClient);
  store.add(push());
  assert.deepEqual([store.underWay(0), store.underWay(1), asked], [undefined, undefined, before]);
});

test("IDLE does not count as slow", () => {
  const store = createRowStore();
  store.add(started({ id: 1, commandName: "IDLE" }));
  store.add(completed({ id: 1, commandName: "IDLE", timings: { ...TIMINGS, completedMicros: 90_000_000 } }));
  assert.equal(store.total(0), 0);
});

test("a row takes less than 200 octets, codes and texts included", () => {
  const store = createRowStore();
  const count = 100_000;
  for (let id = 1; id <= count; id++) {
    const fields = { id, tag: `A${id}`, mailbox: `Folder ${id % 20}`, code: code("READ-WRITE") };
    store.add({ ...started(fields), exchange: exchange({ ...fields, end: "inFlight" }) });
    store.add(completed(fields));
  }
  assert.ok(store.octets() / count < 200, `${store.octets() / count} octets a row`);
});
