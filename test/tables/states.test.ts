/**
 * States of a connection and what is orthogonal to them (RFC 9051 §3, §6.2.1, §6.3.2, §7.1, RFC 4978 §3, RFC 5161 §3, RFC 8437 §2):
 * what each event does to them.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type ConnectionSnapshot, type Observation, observeConnection } from "../../src/index.ts";
import { octetByOctet, type Said, transcript } from "./transcript.ts";

interface Row {
  readonly name: string;
  readonly said: readonly string[];
  /** The changes of state in their order, with the mailbox of `selected` (`ro` behind it where it is read-only). */
  readonly states: readonly string[];
  /** What holds in the end. */
  readonly holds?: Partial<ConnectionSnapshot>;
  readonly midway?: true;
  /** Kinds of defects that must be among those found; `!kind` must not. */
  readonly defects?: readonly string[];
  readonly notices?: readonly string[];
  readonly ends?: readonly string[];
}

const OK = "S: * OK hi";
const IN = [OK, "C: a LOGIN u p", "S: a OK in"];
const SELECTED = [...IN, "C: s SELECT INBOX", "S: * 3 EXISTS", "S: s OK [READ-WRITE] done"];
const S_IN = ["authenticated"];
const S_SELECTED = ["authenticated", "selected INBOX"];

const ROWS: readonly Row[] = [
  {
    name: "greeting OK",
    said: [OK],
    states: [],
    holds: { state: "notAuthenticated" },
    defects: ["!greeting-invalid"],
  },
  { name: "greeting PREAUTH", said: ["S: * PREAUTH hi"], states: ["authenticated"] },
  { name: "greeting BYE", said: ["S: * BYE no"], states: ["logout"] },
  {
    name: "greeting NO",
    said: ["S: * NO [UNAVAILABLE] no"],
    states: [],
    holds: { state: "notAuthenticated" },
    defects: ["greeting-invalid"],
  },
  {
    name: "greeting with capabilities",
    said: ["S: * OK [CAPABILITY IMAP4rev1 IDLE] hi"],
    states: [],
    holds: { capabilities: ["IMAP4REV1", "IDLE"] },
  },
  { name: "LOGIN OK", said: IN, states: S_IN, holds: { user: "u", capabilities: undefined } },
  {
    name: "LOGIN NO, BAD",
    said: [OK, "C: a LOGIN u p", "S: a NO no", "C: b LOGIN u p", "S: b BAD no"],
    states: [],
  },
  {
    name: "AUTHENTICATE OK",
    said: [OK, "C: a AUTHENTICATE X", "S: +", "C: QQ==", "S: a OK in"],
    states: S_IN,
  },
  {
    name: "AUTHENTICATE cancelled",
    said: [OK, "C: a AUTHENTICATE X", "S: +", "C: *", "S: a BAD off"],
    states: [],
  },
  {
    name: "LOGIN makes old capabilities void",
    said: ["S: * OK [CAPABILITY IMAP4rev1 X1] hi", "C: a LOGIN u p", "S: a OK in"],
    states: S_IN,
    holds: { capabilities: undefined },
  },
  {
    name: "LOGIN brings new ones in its OK",
    said: ["S: * OK [CAPABILITY IMAP4rev1 X1] hi", "C: a LOGIN u p", "S: a OK [CAPABILITY IMAP4rev1 X2] in"],
    states: S_IN,
    holds: { capabilities: ["IMAP4REV1", "X2"] },
  },
  {
    name: "LOGIN brings new ones untagged",
    said: [
      "S: * OK [CAPABILITY IMAP4rev1 X1] hi",
      "C: a LOGIN u p",
      "S: * CAPABILITY IMAP4rev1 X2",
      "S: a OK in",
    ],
    states: S_IN,
    holds: { capabilities: ["IMAP4REV1", "X2"] },
  },
  { name: "SELECT OK", said: SELECTED, states: S_SELECTED },
  {
    name: "SELECT OK READ-ONLY",
    said: [...IN, "C: s SELECT INBOX", "S: s OK [READ-ONLY] done"],
    states: ["authenticated", "selected INBOX ro"],
  },
  {
    name: "EXAMINE OK",
    said: [...IN, "C: s EXAMINE INBOX", "S: s OK done"],
    states: ["authenticated", "selected INBOX ro"],
  },
  {
    name: "another SELECT",
    said: [...SELECTED, "C: t SELECT Sent", "S: * OK [CLOSED] x", "S: t OK [READ-WRITE] done"],
    states: [...S_SELECTED, "selected Sent"],
  },
  {
    name: "SELECT NO deselects",
    said: [...SELECTED, "C: t SELECT None", "S: t NO no"],
    states: [...S_SELECTED, "authenticated"],
    holds: { mailbox: undefined },
  },
  {
    name: "EXAMINE NO deselects",
    said: [...SELECTED, "C: t EXAMINE None", "S: t NO no"],
    states: [...S_SELECTED, "authenticated"],
  },
  {
    name: "SELECT BAD changes nothing",
    said: [...SELECTED, "C: t SELECT", "S: t BAD no"],
    states: S_SELECTED,
    holds: { state: "selected" },
  },
  {
    name: "SELECT NO when nothing is selected",
    said: [...IN, "C: t SELECT None", "S: t NO no"],
    states: S_IN,
    holds: { state: "authenticated" },
  },
  {
    name: "CLOSE OK, UNSELECT OK",
    said: [
      ...SELECTED,
      "C: t CLOSE",
      "S: t OK",
      "C: u SELECT Sent",
      "S: u OK [READ-WRITE]",
      "C: v UNSELECT",
      "S: v OK",
    ],
    states: [...S_SELECTED, "authenticated", "selected Sent", "authenticated"],
  },
  {
    name: "CLOSE NO, UNSELECT BAD",
    said: [...SELECTED, "C: t CLOSE", "S: t NO", "C: v UNSELECT", "S: v BAD"],
    states: S_SELECTED,
  },
  {
    name: "CLOSED alone keeps the mailbox",
    said: [...SELECTED, "S: * OK [CLOSED] gone"],
    states: S_SELECTED,
    holds: { state: "selected" },
  },
  {
    name: "DELETE of the selected mailbox keeps it",
    said: [...SELECTED, "C: t DELETE INBOX", "S: t OK"],
    states: S_SELECTED,
  },
  {
    name: "UNAUTHENTICATE OK",
    said: [
      ...SELECTED,
      "C: e ENABLE CONDSTORE",
      "S: * ENABLED CONDSTORE",
      "S: e OK",
      "C: t UNAUTHENTICATE",
      "S: t OK",
    ],
    states: [...S_SELECTED, "notAuthenticated"],
    holds: { enabled: [], user: undefined, mailbox: undefined, notify: false },
  },
  {
    name: "UNAUTHENTICATE BAD",
    said: [...IN, "C: t UNAUTHENTICATE", "S: t BAD"],
    states: S_IN,
    holds: { user: "u" },
  },
  {
    name: "LOGOUT",
    said: [...SELECTED, "C: t LOGOUT", "S: * BYE bye", "S: t OK"],
    states: [...S_SELECTED, "logout"],
    defects: ["!logout-without-bye", "!data-after-bye"],
    ends: ["a completed", "s completed", "t completed"],
  },
  {
    name: "LOGOUT without BYE",
    said: [...IN, "C: t LOGOUT", "S: t OK"],
    states: ["authenticated", "logout"],
    defects: ["logout-without-bye"],
  },
  {
    name: "LOGOUT without its OK",
    said: [...IN, "C: t LOGOUT", "S: * BYE"],
    states: ["authenticated", "logout"],
    ends: ["a completed", "t bye"],
  },
  {
    name: "BYE at any time: open commands end with it, and more lines may follow",
    said: [...IN, "C: t NOOP", "S: * BYE Autologout", "S: * BYE Autologout"],
    states: ["authenticated", "logout"],
    ends: ["a completed", "t bye"],
  },
  {
    name: "end of the octets",
    said: [...IN, "C: t NOOP"],
    states: S_IN,
    holds: { state: "logout" },
    ends: ["a completed", "t connectionLost"],
  },
  {
    name: "ENABLE",
    said: [...IN, "C: e ENABLE CONDSTORE X", "S: * ENABLED CONDSTORE", "S: e OK"],
    states: S_IN,
    holds: { enabled: ["CONDSTORE"] },
    defects: ["!enabled-missing"],
  },
  {
    name: "ENABLE without ENABLED is said",
    said: [...IN, "C: e ENABLE CONDSTORE", "S: e OK"],
    states: S_IN,
    defects: ["enabled-missing"],
  },
  {
    name: "ENABLE refused",
    said: [...IN, "C: e ENABLE CONDSTORE", "S: e BAD"],
    states: S_IN,
    holds: { enabled: [] },
  },
  {
    name: "ENABLE after SELECT",
    said: [...SELECTED, "C: e ENABLE CONDSTORE", "S: * ENABLED", "S: e OK"],
    states: S_SELECTED,
    defects: ["enable-after-select"],
  },
  {
    name: "NOTIFY",
    said: [...IN, "C: n NOTIFY SET (SELECTED (MessageNew))", "S: n OK"],
    states: S_IN,
    holds: { notify: true },
  },
  {
    name: "commands in the wrong state",
    said: [OK, "C: a SELECT INBOX", "S: a BAD", "C: b FETCH 1 FLAGS", "S: b BAD", "C: c IDLE", "S: c BAD"],
    states: [],
    defects: ["command-in-wrong-state"],
  },
  {
    name: "LOGIN when logged in, FETCH when nothing is selected",
    said: [...IN, "C: b LOGIN u p", "S: b BAD", "C: c FETCH 1 FLAGS", "S: c BAD"],
    states: S_IN,
    defects: ["command-in-wrong-state"],
  },
  {
    name: "CAPABILITY, NOOP, LOGOUT, ID in any state",
    said: [
      OK,
      "C: a CAPABILITY",
      "S: * CAPABILITY IMAP4rev1 ID AUTH=PLAIN STARTTLS",
      "S: a OK x",
      "C: b NOOP",
      "S: b OK x",
      "C: c ID NIL",
      "S: * ID NIL",
      "S: c OK x",
      "C: d LOGOUT",
      "S: * BYE x",
      "S: d OK x",
    ],
    states: ["logout"],
    defects: ["!command-in-wrong-state"],
  },
  {
    name: "STARTTLS after PREAUTH is illegal",
    said: ["S: * PREAUTH hi", "C: a STARTTLS", "S: a BAD"],
    states: ["authenticated"],
    defects: ["command-in-wrong-state"],
  },
  {
    name: "STARTTLS refused",
    said: ["S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hi", "C: a STARTTLS", "S: a NO", "C: b NOOP", "S: b OK"],
    states: [],
    holds: { capabilities: ["IMAP4REV1", "STARTTLS"] },
    ends: ["a completed", "b completed"],
    notices: [],
  },
  {
    name: "STARTTLS, not followed: opaque behind the OK, said once",
    said: [
      "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] hi",
      "C: a STARTTLS",
      "S: a OK\r\nb OK injected",
      "C: \x16\x03\x01",
      "S: \x16\x03\x03",
    ],
    states: [],
    holds: { capabilities: undefined },
    ends: ["a completed"],
    notices: ["starttls"],
  },
  {
    name: "COMPRESS refused",
    said: [...IN, "C: c COMPRESS DEFLATE", "S: c NO [COMPRESSIONACTIVE] on", "C: d NOOP", "S: d OK"],
    states: S_IN,
    ends: ["a completed", "c completed", "d completed"],
    notices: [],
  },
  {
    name: "COMPRESS, not inflated: opaque behind the OK, said once",
    said: [...IN, "C: c COMPRESS DEFLATE", "S: c OK\r\n* 1 EXISTS", "C: \x01\x02", "S: \x03"],
    states: S_IN,
    ends: ["a completed", "c completed"],
    notices: ["compress"],
  },
  {
    name: "a security layer",
    said: [
      OK,
      "C: a AUTHENTICATE GSSAPI",
      "S: +",
      "C: QQ==",
      "S: a OK in",
      "C: \0\0\0\x08abcdefgh\\",
      "S: \0\0\0\x08abcdefgh\\",
    ],
    states: S_IN,
    notices: ["saslSecurityLayer"],
  },
  {
    name: "no security layer although there could be one",
    said: [OK, "C: a AUTHENTICATE GSSAPI", "S: +", "C: QQ==", "S: a OK in", "C: b NOOP", "S: b OK"],
    states: S_IN,
    ends: ["a completed", "b completed"],
    notices: [],
  },
  {
    name: "midway: unknown until an answer tells",
    midway: true,
    said: ["S: * 3 EXISTS", "C: a FETCH 1 FLAGS", "S: * 1 FETCH (FLAGS ())", "S: a OK"],
    states: [],
    defects: ["!command-in-wrong-state", "!greeting-invalid"],
  },
  {
    name: "midway: SELECT tells",
    midway: true,
    said: ["C: a SELECT INBOX", "S: a OK [READ-WRITE]"],
    states: ["selected INBOX"],
  },
  {
    name: "midway: completions of commands that were not seen are no defects",
    midway: true,
    said: ["S: a1 OK done", "S: + go", "S: * BYE x"],
    states: ["logout"],
    defects: ["!tagged-unknown", "!continuation-unexpected"],
  },
];

interface Seen {
  readonly states: readonly string[];
  readonly ends: readonly string[];
  readonly notices: readonly string[];
  readonly defects: readonly string[];
  readonly snapshot: ConnectionSnapshot | undefined;
}

function watch(said: readonly Said[], row: Row): Seen {
  const all: Observation[] = [];
  const observed = observeConnection({
    midway: row.midway === true,
    onObservation: (each) => all.push(each),
  });
  for (const { from, bytes, atMicros } of said) observed[from](bytes, atMicros);
  const before = observed.snapshot();
  const untilLost = row.holds?.state === "logout";
  observed.finish();
  return {
    states: all.flatMap((each) =>
      each.kind === "state"
        ? [
            [each.to, each.mailbox, each.readOnly ? "ro" : undefined]
              .filter((part) => part !== undefined)
              .join(" "),
          ]
        : [],
    ),
    ends: all.flatMap((each) =>
      each.kind === "exchange" ? [`${each.exchange.tag} ${each.exchange.end}`] : [],
    ),
    notices: all.flatMap((each) => (each.kind === "notice" ? [each.code] : [])),
    defects: all.flatMap((each) => (each.kind === "defect" ? [each.defect.kind] : [])),
    snapshot: untilLost ? observed.snapshot() : before,
  };
}

for (const row of ROWS) {
  test(row.name, () => {
    const said = transcript(row.said);
    for (const way of [said, octetByOctet(said)]) {
      const { states, ends, notices, defects, snapshot } = watch(way, row);
      assert.deepEqual(states, row.states);
      if (row.ends !== undefined) assert.deepEqual(ends, row.ends);
      if (row.notices !== undefined) assert.deepEqual(notices, row.notices);
      for (const kind of row.defects ?? []) {
        if (kind.startsWith("!")) assert.ok(!defects.includes(kind.slice(1)), defects.join());
        else assert.ok(defects.includes(kind), `${kind} is not among ${defects.join()}`);
      }
      for (const [key, value] of Object.entries(row.holds ?? {})) {
        assert.deepEqual(snapshot?.[key as keyof ConnectionSnapshot], value, key);
      }
    }
  });
}
