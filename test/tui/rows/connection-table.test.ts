import assert from "node:assert/strict";
import { test } from "node:test";
import type { Observation } from "../../../src/core/observation.ts";
import {
  type ConnectionRow,
  type ConnectionTable,
  createConnectionTable,
} from "../../../src/tui/rows/connection-table.ts";
import {
  closed,
  command,
  completed,
  defectFound,
  opened,
  push,
  started,
  state as stateChange,
  tlsBegun,
} from "../../observations.ts";
import { play, SELECTED_PRELUDE } from "../../playbook.ts";

function tableOf(...observations: readonly Observation[]): ConnectionTable {
  const table = createConnectionTable();
  for (const observation of observations) table.add(observation);
  return table;
}

/** What was observed of connection 1, and what its row then says. */
const ROWS: readonly (readonly [
  what: string,
  observations: readonly Observation[],
  row: Partial<ConnectionRow>,
])[] = [
  [
    "an opened one",
    [opened()],
    {
      ...{ client: "127.0.0.1:53422", upstream: "imaps://imap.example.org:993", openedMicros: 12_008 },
      ...{ midway: false, state: "notAuthenticated", closedMicros: undefined },
    },
  ],
  ["one whose beginning was not seen", [push()], { midway: true, state: "unknown", openedMicros: 3_000_000 }],
  [
    "TLS of one leg",
    [opened(), tlsBegun("server")],
    { tls: { client: "", server: "TLSv1.3 TLS_AES_256_GCM_SHA384" } },
  ],
  ["an exchange in flight", [opened(), started()], { exchanges: 1, inFlight: 1, failed: 0, up: 0 }],
  [
    "exchanges that are over",
    [opened(), started(), completed(), started({ id: 2 }), completed({ id: 2, status: "NO" })],
    { exchanges: 2, inFlight: 0, failed: 1, up: 68, down: 24_690 },
  ],
  ["pushes and defects", [opened(), push(), push(), defectFound()], { pushes: 2, defects: 1, down: 26 }],
  [
    "a closed one",
    [opened(), started(), closed()],
    { closedMicros: 9_000_000, closedBy: "client", inFlight: 0 },
  ],
  [
    "COMPRESS",
    [opened(), started(), completed({ command: command("COMPRESS", ["DEFLATE"]) })],
    { compressed: true },
  ],
  [
    "COMPRESS that is refused",
    [opened(), started(), completed({ command: command("COMPRESS", ["DEFLATE"]), status: "NO" })],
    { compressed: false },
  ],
  [
    "who is logged in, and what is selected",
    play(SELECTED_PRELUDE).observations,
    { user: "alice", state: "selected", mailbox: "INBOX", readOnly: false, exchanges: 2 },
  ],
];

for (const [what, observations, row] of ROWS) {
  test(`the row of a connection: ${what}`, () => {
    const [only] = tableOf(...observations).all();
    const picked = Object.fromEntries(
      Object.keys(row).map((key) => [key, only?.[key as keyof ConnectionRow]]),
    );
    assert.deepEqual(picked, row);
  });
}

test("who tries to log in is not the user of a connection", () => {
  const table = createConnectionTable();
  const { observations } = play(`
    S: * OK hi
    C: a1 LOGIN mallory guess
    S: a1 NO no
    C: a2 LOGIN alice right
    S: a2 OK in
    C: a3 UNAUTHENTICATE
    S: a3 OK out`);
  const users = observations.map((each) => {
    table.add(each);
    const tag = each.kind === "exchangeStarted" || each.kind === "exchange" ? each.exchange.tag : "";
    return `${tag} ${each.kind}: ${table.get(1)?.user} ${table.userOf(each)}`;
  });
  assert.deepEqual(
    users.filter((each) => /^a\d/.test(each)),
    [
      "a1 exchangeStarted: undefined mallory",
      "a1 exchange: undefined mallory",
      "a2 exchangeStarted: undefined alice",
      "a2 exchange: alice alice",
      "a3 exchangeStarted: alice alice",
      "a3 exchange: undefined alice",
    ],
  );
});

test("connections stand in the order in which they were opened, and the open ones are counted", () => {
  const table = tableOf(opened(7), opened(3), closed(7), closed(7));
  assert.deepEqual(
    table.all().map(({ id }) => id),
    [7, 3],
  );
  assert.equal(table.open(), 1);
  assert.equal(table.get(3)?.id, 3);
  assert.equal(table.get(4), undefined);
});

test("no password is kept", () => {
  const table = tableOf(...play("S: * OK hi\nC: a1 LOGIN alice hunter2\nS: a1 OK in").observations);
  assert.doesNotMatch(JSON.stringify(table.all()), /hunter2/);
});

test("when one was open, and what it had selected then", () => {
  const table = tableOf(opened(), stateChange(), closed(), opened(2));
  const open = [0, 12_008, 8_999_999, 9_000_000].map((at) => table.isOpenAt(1, at));
  assert.deepEqual(open, [false, true, true, false]);
  assert.equal(table.isOpenAt(2, 1e9), true);
  assert.equal(table.isOpenAt(3, 1e9), false);
  assert.equal(table.selectionAt(1, 1_999_999), undefined);
  assert.deepEqual(table.selectionAt(1, 2_000_000), { mailbox: "INBOX", stands: true });
});
