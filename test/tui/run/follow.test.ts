import assert from "node:assert/strict";
import { test } from "node:test";
import type { Exchange } from "../../../src/core/exchange/exchange.ts";
import type { Happening } from "../../../src/tui/model/effect.ts";
import { initialState, type State } from "../../../src/tui/model/state.ts";
import { createFollow, type Follow } from "../../../src/tui/run/follow.ts";
import { completed, exchange, push } from "../../observations.ts";

/** Row 3 of connection 1, looked at while it is in flight; reading back takes as long as told. */
interface Following {
  readonly follow: Follow;
  readonly told: Happening[];
  /** The rows that were read back. */
  readonly read: number[];
  state: State;
  status: string;
  nowMs: number;
  readingMs: number;
  readonly grow: () => void;
  /** Ticks four times a second for so long. */
  readonly pass: (seconds: number) => Promise<void>;
}

const ROW = 3;

function following(): Following {
  const made = exchange({ end: "inFlight" });
  let octets = 0;
  const standing = (): Exchange => ({ ...made, octets: { clientToServer: 5, serverToClient: octets } });
  const before = initialState({ columns: 80, rows: 24 });
  const material = {
    ...({ kind: "exchange", exchange: made, dialogue: [], leftOut: 0 } as const),
    ...{ id: 1, connection: undefined, mails: new Map() },
  };
  const self: Following = {
    told: [],
    read: [],
    state: { ...before, place: "details", details: { ...before.details, row: ROW, material } },
    ...{ status: "open", nowMs: 0, readingMs: 0 },
    grow: () => {
      octets += 1000;
    },
    pass: async (seconds) => {
      for (let tick = 0; tick < 4 * seconds; tick++) {
        self.nowMs += 250;
        self.follow.tick();
        await new Promise(setImmediate);
      }
    },
    follow: createFollow({
      rows: { status: () => self.status, connection: () => 1, underWay: standing },
      state: () => self.state,
      happen: (happening) => self.told.push(happening),
      readBack: async (row) => {
        self.read.push(row);
        self.nowMs += self.readingMs;
      },
      nowMs: () => self.nowMs,
    }),
  };
  return self;
}

test("how it stands is told when it has changed, and not again", async () => {
  const { follow, told, grow, pass, read } = following();
  follow.tick();
  assert.equal(told.length, 1);
  await pass(1);
  assert.equal(told.length, 1);
  grow();
  await pass(1);
  const last = told.at(-1);
  assert.ok(last?.kind === "progress" && last.row === ROW);
  assert.deepEqual([told.length, last.exchange.octets.serverToClient], [2, 1000]);
  assert.ok(read.length > 0);
});

test("while nothing comes nothing is read back, however long it stands still", async () => {
  const self = following();
  await self.pass(2);
  const before = self.read.length;
  await self.pass(60);
  assert.equal(self.read.length, before);
  self.follow.take(push({ connection: 2 }), 7);
  await self.pass(2);
  assert.equal(self.read.length, before, "nor for what comes on another connection");
  self.follow.take(push(), 8);
  await self.pass(2);
  assert.equal(self.read.length, before + 1, "but for a push");
});

test("it is read back once a second where that is cheap, and for a twentieth of the time where it is not", async () => {
  const cheap = following();
  const dear = following();
  dear.readingMs = 500;
  for (const self of [cheap, dear]) {
    const until = self.nowMs + 60_000;
    while (self.nowMs < until) {
      self.grow();
      await self.pass(0.25);
    }
  }
  assert.ok(cheap.read.length >= 30 && cheap.read.length <= 60, `${cheap.read.length}`);
  assert.ok(dear.read.length >= 3 && dear.read.length <= 6, `${dear.read.length}`);
});

test("what it took to read it back at first counts as well", async () => {
  const self = following();
  const { details } = self.state;
  self.state = { ...self.state, details: { ...details, reading: true } };
  self.follow.look();
  self.nowMs += 500;
  self.state = { ...self.state, details };
  self.follow.look();
  self.grow();
  await self.pass(9);
  assert.deepEqual(self.read, []);
  await self.pass(2);
  assert.deepEqual(self.read, [ROW]);
});

test("where lines are left out already it is not read back before it is over, but how it stands is told", async () => {
  const self = following();
  const { details } = self.state;
  assert.ok(details.material?.kind === "exchange");
  self.state = { ...self.state, details: { ...details, material: { ...details.material, leftOut: 1 } } };
  for (let second = 0; second < 5; second++) {
    self.grow();
    await self.pass(1);
  }
  assert.deepEqual([self.told.length, self.read], [5, []]);
});

test("it is read back as soon as it is over, and once", async () => {
  const self = following();
  self.status = "OK";
  const over = completed();
  self.follow.take(over, ROW);
  assert.deepEqual(self.read, [ROW]);
  self.follow.look();
  await self.pass(10);
  assert.deepEqual(self.read, [ROW]);
  assert.ok(over.kind === "exchange");
  assert.deepEqual(self.told, [{ kind: "progress", row: ROW, exchange: over.exchange }]);
});

test("what ended while one looked elsewhere is read back when one comes back", () => {
  const self = following();
  self.state = { ...self.state, place: "exchanges" };
  self.status = "NO";
  self.follow.take(completed(), ROW);
  self.follow.tick();
  assert.deepEqual(self.read, []);
  self.state = { ...self.state, place: "details" };
  self.follow.look();
  assert.deepEqual(self.read, [ROW]);
});

test("nothing is asked of what is over, is no exchange, or is being read back for the first time", async () => {
  for (const change of ["over", "none", "reading"] as const) {
    const self = following();
    const { details } = self.state;
    const { material } = details;
    assert.ok(material?.kind === "exchange");
    const over = { ...material, exchange: exchange({}) };
    const changed = {
      over: { ...details, material: over },
      none: { ...details, material: undefined },
      reading: { ...details, reading: true },
    };
    self.state = { ...self.state, details: changed[change] };
    self.follow.take(push(), ROW);
    await self.pass(5);
    assert.deepEqual([self.told, self.read], [[], []], change);
  }
});
