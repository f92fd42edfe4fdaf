/**
 * Continuation requests and what the client sends without a tag (RFC 9051 §5.5, §6.2.2, §7.6, RFC 2177 §3, RFC 7888 §4): who owns
 * a `+`, what a client line is, and what breaks the order of the dialogue.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Observation, observeDialogue } from "../../src/index.ts";
import { inTwo, octetByOctet, runsOf, type Said, transcript } from "./transcript.ts";

interface Row {
  readonly name: string;
  readonly said: readonly string[];
  /** Of each frame behind the greeting: role, exchange or `-`, how it ended unless in CRLF, and defects of the order. */
  readonly heard: readonly string[];
}

const HI = "S: * PREAUTH hi";

const ROWS: readonly Row[] = [
  {
    name: "a literal",
    said: ["C: a CREATE {1}", "S: + go", "C: x", "S: a OK"],
    heard: ["continuation 1", "command 1", "tagged 1"],
  },
  {
    name: "`+` with a response code",
    said: ["C: a CREATE {1}", "S: + [READ-WRITE] go", "C: x", "S: a OK"],
    heard: ["continuation 1", "command 1", "tagged 1"],
  },
  {
    name: "`+` alone",
    said: ["C: a CREATE {1}", "S: +", "C: x", "S: a OK"],
    heard: ["continuation 1", "command 1", "tagged 1"],
  },
  {
    name: "an empty literal needs its `+` too",
    said: ["C: a CREATE {0}", "S: + go", "C: ", "S: a OK"],
    heard: ["continuation 1", "command 1", "tagged 1"],
  },
  {
    name: "MULTIAPPEND, each literal its own",
    said: ["C: a APPEND x {1}", "S: +", "C: y {1}", "S: +", "C: z", "S: a OK"],
    heard: ["continuation 1", "continuation 1", "command 1", "tagged 1"],
  },
  {
    name: "synchronizing behind one that is not",
    said: ["C: a APPEND x {1+}", "C: y {1}", "S: +", "C: z", "S: a OK"],
    heard: ["continuation 1", "command 1", "tagged 1"],
  },
  {
    name: "one that does not synchronize gets none",
    said: ["C: a CREATE {1+}", "C: x", "S: + what", "S: a OK"],
    heard: ["command 1", "continuation - continuation-unexpected", "tagged 1"],
  },
  {
    name: "two `+` for one literal",
    said: ["C: a CREATE {1}", "S: + go", "S: + go", "C: x", "S: a OK"],
    heard: ["continuation 1", "continuation - continuation-unexpected", "command 1", "tagged 1"],
  },
  {
    name: "none for STARTTLS, ENABLE, NOTIFY",
    said: ["C: a ENABLE X", "S: + go", "S: a OK", "C: b NOTIFY NONE", "S: + go", "S: b OK"],
    heard: [
      "command 1",
      "continuation - continuation-unexpected",
      "tagged 1",
      "command 2",
      "continuation - continuation-unexpected",
      "tagged 2",
    ],
  },
  {
    name: "none without any command",
    said: ["S: + hello"],
    heard: ["continuation - continuation-unexpected"],
  },
  {
    name: "refused with NO: the next line is a command",
    said: ["C: a APPEND x {300}", "S: a NO [TOOBIG] no", "C: b NOOP", "S: b OK"],
    heard: ["command 1 refused", "tagged 1", "command 2", "tagged 2"],
  },
  {
    name: "refused with BAD",
    said: ["C: a APPEND x {300}", "S: a BAD no", "C: b NOOP", "S: b OK"],
    heard: ["command 1 refused", "tagged 1", "command 2", "tagged 2"],
  },
  {
    name: "a later literal refused, the octets of the first consumed",
    said: ["C: a APPEND x {4}", "S: +", "C: b OK {9}", "S: a NO no", "C: b NOOP"],
    heard: ["continuation 1", "command 1 refused", "tagged 1", "command 2"],
  },
  {
    name: "an empty literal refused",
    said: ["C: a CREATE {0}", "S: a NO no", "C: b NOOP"],
    heard: ["command 1 refused", "tagged 1", "command 2"],
  },
  {
    name: "`+`, then refused before an octet came",
    said: ["C: a APPEND x {9}", "S: + go", "S: a NO no", "C: b NOOP", "S: b OK"],
    heard: ["continuation 1", "command 1 refused", "tagged 1", "command 2", "tagged 2"],
  },
  {
    name: "refused while the octets come, synchronizing",
    said: ["C: a APPEND x {4}", "S: + go", "C: b \\", "S: a NO no", "C: NO", "C: b NOOP"],
    heard: ["continuation 1", "tagged 1", "command 1", "command 2"],
  },
  {
    name: "refused while the octets come, not synchronizing",
    said: ["C: a APPEND x {8+}", "S: a NO [TOOBIG] no", "C: b LOGOUT", "C: c NOOP", "S: c OK"],
    heard: ["tagged 1", "command 1", "command 2", "tagged 2"],
  },
  {
    name: "BYE instead of waiting for the octets",
    said: ["C: a APPEND x {8+}", "S: * BYE no", "C: b LOG\\"],
    heard: ["untagged -", "command 1 cut client-cut"],
  },
  {
    name: "pipelined past the literal",
    said: ["C: a CREATE {1}", "C: x", "C: b NOOP", "S: +", "S: a OK", "S: b OK"],
    heard: ["command 1 pipelined-past-literal", "command 2", "continuation 1", "tagged 1", "tagged 2"],
  },
  {
    name: "pipelined and refused",
    said: ["C: a CREATE {1}", "C: x", "S: a NO no"],
    heard: ["command 1 pipelined-past-literal", "tagged 1"],
  },
  {
    name: "OK without the `+`",
    said: ["C: a CREATE {1}", "C: x", "S: a OK"],
    heard: ["command 1 pipelined-past-literal", "tagged 1 continuation-missing"],
  },
  {
    name: "SASL: `+` without and with text, until the tagged answer",
    said: ["C: a AUTHENTICATE X", "S: +", "C: QQ==", "S: + Qg==", "C: Qw==", "S: + ", "C: ", "S: a OK"],
    heard: [
      "command 1",
      "continuation 1",
      "sasl 1",
      "continuation 1",
      "sasl 1",
      "continuation 1",
      "sasl 1",
      "tagged 1",
    ],
  },
  {
    name: "SASL: initial response, no `+` at all",
    said: ["C: a AUTHENTICATE PLAIN =", "S: a NO", "C: b NOOP"],
    heard: ["command 1", "tagged 1", "command 2"],
  },
  {
    name: "SASL: cancelled",
    said: ["C: a AUTHENTICATE X", "S: +", "C: *", "S: a BAD off", "C: b NOOP"],
    heard: ["command 1", "continuation 1", "sasl 1", "tagged 1", "command 2"],
  },
  {
    name: "SASL: OAUTHBEARER failure",
    said: ["C: a AUTHENTICATE OAUTHBEARER QQ==", "S: + e30=", "C: AQ==", "S: a NO no", "C: b NOOP"],
    heard: ["command 1", "continuation 1", "sasl 1", "tagged 1", "command 2"],
  },
  {
    name: "SASL: untagged data in between",
    said: ["C: a AUTHENTICATE X", "S: * OK wait", "S: +", "S: * CAPABILITY IMAP4rev1", "C: QQ==", "S: a OK"],
    heard: ["command 1", "untagged 1", "continuation 1", "untagged 1", "sasl 1", "tagged 1"],
  },
  {
    name: "SASL: a command before the answer",
    said: ["C: a AUTHENTICATE X QQ==", "C: b NOOP", "S: a OK", "S: b OK"],
    heard: ["command 1", "command 2 command-during-authenticate", "tagged 1", "tagged 2"],
  },
  {
    name: "SASL: `*` after it is over",
    said: ["C: a AUTHENTICATE X", "S: a NO", "C: *"],
    heard: ["command 1", "tagged 1", "command 2 stray-cancel"],
  },
  {
    name: "IDLE",
    said: ["C: a IDLE", "S: + idling", "S: * 4 EXISTS", "C: DONE", "S: * 5 EXISTS", "S: a OK"],
    heard: ["command 1", "continuation 1", "untagged -", "done 1", "untagged -", "tagged 1"],
  },
  {
    name: "IDLE: pushed before the `+`, any case of DONE",
    said: ["C: a idle", "S: * FLAGS ()", "S: + ", "C: done", "S: a OK"],
    heard: ["command 1", "untagged -", "continuation 1", "done 1", "tagged 1"],
  },
  {
    name: "IDLE: DONE and the next command in one segment",
    said: ["C: a IDLE", "S: +", "C: DONE\r\nb NOOP", "S: a OK", "S: b OK"],
    heard: ["command 1", "continuation 1", "done 1", "command 2", "tagged 1", "tagged 2"],
  },
  {
    name: "IDLE: a command before DONE",
    said: ["C: a IDLE", "S: +", "C: b NOOP", "S: a BAD", "S: b BAD"],
    heard: ["command 1", "continuation 1", "command 2 command-during-idle", "tagged 1", "tagged 2"],
  },
  {
    name: "IDLE: refused, then DONE",
    said: ["C: a IDLE", "S: a NO", "C: DONE", "S: DONE BAD"],
    heard: ["command 1", "tagged 1", "command 2 stray-done", "tagged 2"],
  },
  {
    name: "IDLE: DONE twice",
    said: ["C: a IDLE", "S: +", "C: DONE", "C: DONE", "S: a OK", "S: DONE BAD"],
    heard: ["command 1", "continuation 1", "done 1", "command 2 stray-done", "tagged 1", "tagged 2"],
  },
  {
    name: "IDLE: DONE before `+`",
    said: ["C: a IDLE", "C: DONE", "S: +", "S: a OK"],
    heard: ["command 1", "done 1", "continuation 1", "tagged 1"],
  },
  { name: "DONE without IDLE", said: ["C: DONE"], heard: ["command 1 stray-done"] },
  {
    name: "tags reused: the oldest open one is meant",
    said: ["C: a NOOP", "C: a CHECK", "S: a OK", "S: a OK", "S: a OK"],
    heard: ["command 1", "command 2 tag-reused", "tagged 1", "tagged 2", "tagged - tagged-duplicate"],
  },
  {
    name: "tags are case-sensitive, and a guessed one completes nothing",
    said: ["C: a NOOP", "S: A OK", "S: b OK", "C: b NOOP", "S: b OK", "S: a OK"],
    heard: [
      "command 1",
      "tagged - tagged-unknown",
      "tagged - tagged-unknown",
      "command 2",
      "tagged 2",
      "tagged 1",
    ],
  },
  {
    name: "completed out of order",
    said: ["C: a NOOP", "C: b NOOP", "S: b OK", "S: a OK"],
    heard: ["command 1", "command 2", "tagged 2", "tagged 1"],
  },
  {
    name: "OK before the last octet",
    said: ["C: a APPEND x {3+}", "S: a OK", "C: abc"],
    heard: ["tagged 1 tagged-early", "command 1"],
  },
];

const ORDER =
  /^(tag-reused|pipelined-past-literal|command-during-.*|stray-.*|client-cut|tagged-(unknown|duplicate|early)|continuation-.*)$/;

function heard(observations: readonly Observation[]): string[] {
  return observations
    .flatMap((each) => {
      if (each.kind !== "request" && each.kind !== "response") return [];
      const exchange = each.kind === "request" ? each.exchange : each.attribution.exchange;
      const defects = each.defects.map(({ kind }) => kind).filter((kind) => ORDER.test(kind));
      const end = each.frame.end === "crlf" ? [] : [each.frame.end];
      return [[each.role, exchange ?? "-", ...end, ...defects].join(" ")];
    })
    .slice(1);
}

function listen(said: readonly Said[]): string[] {
  return heard(observeDialogue(runsOf(said)).observations);
}

for (const row of ROWS) {
  test(row.name, () => {
    const said = transcript([HI, ...row.said]);
    assert.deepEqual(listen(said), row.heard);
    assert.deepEqual(listen(octetByOctet(said)), row.heard);
    for (const cut of inTwo(said)) assert.deepEqual(listen(cut), row.heard);
  });
}
