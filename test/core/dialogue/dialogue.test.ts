/** RFC 9051 §2.2, §5.5, §6.2.1, §6.2.2, §7.6, RFC 2177 §3: what a line is depends on what the other side said. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "../../../src/core/base/octets.ts";
import { createDialogue } from "../../../src/core/dialogue/dialogue.ts";
import { chunked, dialogueStream } from "../../chunks.ts";
import { runs } from "../../runs.ts";

interface Row {
  readonly name: string;
  /** `C: ` and `S: ` lines; `\r\n` is added. */
  readonly said: readonly string[];
  /** Of each frame: role, ordinal of its command or `-`, reason of a continuation request, defects. */
  readonly heard: readonly string[];
}

const HI = ["S: * OK hi"];
const HEARD_HI = ["greeting -"];

const ROWS: readonly Row[] = [
  {
    name: "a command and its answers",
    said: ["C: a NOOP", "S: * 1 EXISTS", "S: a OK done"],
    heard: ["command 1", "untagged -", "tagged 1"],
  },
  {
    name: "tags may be reused",
    said: ["C: a NOOP", "C: a NOOP", "S: a OK", "S: a OK"],
    heard: ["command 1", "command 2 tag-reused", "tagged 1", "tagged 2"],
  },
  {
    name: "tags are case-sensitive",
    said: ["C: a NOOP", "S: A OK"],
    heard: ["command 1", "tagged - tagged-unknown"],
  },
  {
    name: "JavaScript's own names are tags",
    said: ["C: __proto__ NOOP", "S: __proto__ OK"],
    heard: ["command 1", "tagged 1"],
  },
  {
    name: "completed twice",
    said: ["C: a NOOP", "S: a OK", "S: a OK"],
    heard: ["command 1", "tagged 1", "tagged - tagged-duplicate"],
  },
  {
    name: "a synchronizing literal",
    said: ["C: a LOGIN {1}", "S: + go", "C: u {1}", "S: + go", "C: p", "S: a OK"],
    heard: ["continuation 1 literal", "continuation 1 literal", "command 1", "tagged 1"],
  },
  {
    name: "a literal refused: the next line is a command",
    said: ["C: a APPEND x {300}", "S: a NO [TRYCREATE] no", "C: b NOOP"],
    heard: ["command 1 refused", "tagged 1", "command 2"],
  },
  {
    name: "a later literal refused",
    said: ["C: a APPEND x {1}", "S: + go", "C: y {2}", "S: a NO no", "C: b NOOP"],
    heard: ["continuation 1 literal", "command 1 refused", "tagged 1", "command 2"],
  },
  {
    name: "a non-synchronizing literal is swallowed although refused",
    said: ["C: a APPEND x {6+}", "S: a NO no", "C: b NOOP", "C: c NOOP"],
    heard: ["tagged 1", "command 1", "command 2"],
  },
  {
    name: "pipelined past a literal",
    said: ["C: a LOGIN {1}", "C: u p", "S: + go", "S: a OK"],
    heard: ["command 1 pipelined-past-literal", "continuation 1 literal", "tagged 1"],
  },
  {
    name: "completed without the continuation request",
    said: ["C: a LOGIN {1}", "C: u p", "S: a OK"],
    heard: ["command 1 pipelined-past-literal", "tagged 1 continuation-missing"],
  },
  {
    name: "OK before the last octet",
    said: ["C: a APPEND x {9+}", "S: a OK early"],
    heard: ["tagged 1 tagged-early"],
  },
  {
    name: "authentication line by line",
    said: [
      "C: a AUTHENTICATE LOGIN",
      "S: + VXNlcg==",
      "C: dQ==",
      "S: + UGFzcw==",
      "C: cA==",
      "S: a OK",
      "C: b NOOP",
    ],
    heard: [
      "command 1",
      "continuation 1 sasl",
      "sasl 1",
      "continuation 1 sasl",
      "sasl 1",
      "tagged 1",
      "command 2",
    ],
  },
  {
    name: "an empty answer",
    said: ["C: a AUTHENTICATE X", "S: +", "C: ", "S: a OK"],
    heard: ["command 1", "continuation 1 sasl", "sasl 1", "tagged 1"],
  },
  {
    name: "cancelled by the client",
    said: ["C: a AUTHENTICATE X", "S: +", "C: *", "S: a BAD"],
    heard: ["command 1", "continuation 1 sasl", "sasl 1", "tagged 1"],
  },
  {
    name: "an initial response, no continuation",
    said: ["C: a AUTHENTICATE PLAIN AHUAcA==", "S: a OK", "C: b NOOP"],
    heard: ["command 1", "tagged 1", "command 2"],
  },
  {
    name: "a command pipelined behind AUTHENTICATE",
    said: ["C: a AUTHENTICATE PLAIN AHUAcA==", "C: b NOOP", "S: a OK"],
    heard: ["command 1", "command 2 command-during-authenticate", "tagged 1"],
  },
  {
    name: "IDLE until DONE",
    said: ["C: a IDLE", "S: + idling", "S: * 2 EXISTS", "C: DONE", "C: b NOOP", "S: a OK"],
    heard: ["command 1", "continuation 1 idle", "untagged -", "done 1", "command 2", "tagged 1"],
  },
  {
    name: "a push before the continuation of IDLE",
    said: ["C: a IDLE", "S: * FLAGS ()", "S: + idling", "C: DONE"],
    heard: ["command 1", "untagged -", "continuation 1 idle", "done 1"],
  },
  {
    name: "a command during IDLE",
    said: ["C: a IDLE", "S: +", "C: b NOOP"],
    heard: ["command 1", "continuation 1 idle", "command 2 command-during-idle"],
  },
  {
    name: "DONE after IDLE was refused",
    said: ["C: a IDLE", "S: a NO no", "C: DONE", "S: DONE BAD what"],
    heard: ["command 1", "tagged 1", "command 2 stray-done", "tagged 2"],
  },
  { name: "`*` without authentication", said: ["C: *"], heard: ["command 1 stray-cancel"] },
  {
    name: "a continuation request for nothing",
    said: ["C: a NOOP", "S: + what", "S: a OK"],
    heard: ["command 1", "continuation - unexpected continuation-unexpected", "tagged 1"],
  },
  {
    name: "blank lines",
    said: ["C: ", "S: "],
    heard: ["blank - client-blank-line", "blank - server-blank-line"],
  },
  {
    name: "a line that is no response",
    said: ["S: CAPABILITY completed.", "S: [COPYUID 1 2 3]"],
    heard: ["malformed -", "malformed -"],
  },
  {
    name: "leading NULs and double spaces",
    said: ["S: \0\0* 1 EXISTS", "S: *  1688 EXISTS"],
    heard: ["untagged -", "untagged -"],
  },
  {
    name: "pipelined behind COMPRESS",
    said: ["C: a COMPRESS DEFLATE", "C: b NOOP"],
    heard: ["command 1", "command 2 pipelined-after-compress"],
  },
];

function hear(said: readonly { from: "client" | "server"; bytes: Uint8Array }[], midway = false): string[] {
  const heard: string[] = [];
  const dialogue = createDialogue({
    midway,
    emit: (event) => {
      if (event.kind === "opaque") heard.push(`opaque ${event.from} ${event.reason}`);
      if (event.kind !== "frame") return;
      const words = [
        event.role,
        event.ordinal ?? "-",
        event.reason,
        ...event.defects.map(({ kind }) => kind),
      ];
      if (event.frame.end === "refused") words.push("refused");
      heard.push(words.filter((word) => word !== undefined).join(" "));
    },
  });
  for (const { from, bytes } of said) {
    for (let at = 0; at < bytes.length; ) at += dialogue.receive(from, bytes.subarray(at), 0).consumed;
  }
  return heard;
}

function lines(said: readonly string[]): { from: "client" | "server"; bytes: Uint8Array }[] {
  return said.map((line) => ({
    from: line.startsWith("C") ? "client" : "server",
    bytes: utf8(`${line.slice(3)}\r\n`),
  }));
}

for (const row of ROWS) {
  test(row.name, () => {
    const said = lines([...HI, ...row.said]);
    assert.deepEqual(hear(said), [...HEARD_HI, ...row.heard]);
    const octetByOctet = said.flatMap(({ from, bytes }) =>
      Array.from(bytes, (_, i) => ({ from, bytes: bytes.subarray(i, i + 1) })),
    );
    assert.deepEqual(hear(octetByOctet), [...HEARD_HI, ...row.heard]);
  });
}

test("a greeting that is none", () => {
  assert.deepEqual(hear(lines(["S: * NO busy"])), ["greeting - greeting-invalid"]);
});

test("joined midway, only what is clearly IMAP is taken for it", () => {
  const said = lines([
    "C: lf a line",
    "S: of a literal)",
    "C: a NOOP",
    "S: * 1 EXISTS",
    "S: z OK",
    "S: + x",
    "S: nonsense",
  ]);
  assert.deepEqual(hear(said, true), [
    "unknown -",
    "unknown -",
    "command 1",
    "untagged -",
    "tagged -",
    "continuation - unexpected",
    "malformed -",
  ]);
});

test("the transport changes behind the tagged OK, at that octet", () => {
  for (const [command, kind] of [
    ["STARTTLS", "startTls"],
    ["COMPRESS DEFLATE", "deflate"],
  ] as const) {
    const dialogue = createDialogue({ emit: () => {} });
    dialogue.receive("server", utf8("* OK\r\n"), 0);
    dialogue.receive("client", utf8(`a ${command}\r\n`), 0);
    const taken = dialogue.receive("server", utf8("a OK go\r\n\x16\x03"), 0);
    assert.deepEqual(taken, { consumed: 9, switch: { kind } });
  }
});

test("UNAUTHENTICATE may end compression behind its line, and does or does not behind its answer", () => {
  for (const [answer, kind] of [
    ["OK", "endDeflate"],
    ["NO", "keepDeflate"],
    ["BAD", "keepDeflate"],
  ] as const) {
    const dialogue = createDialogue({ emit: () => {}, midway: true });
    const said = (from: "client" | "server", text: string) => dialogue.receive(from, utf8(text), 0);
    assert.equal(said("client", "a UNAUTHENTICATE\r\n").switch, undefined, "nothing is compressed");
    assert.equal(said("server", `a ${answer} x\r\n`).switch, undefined);
    dialogue.switched("deflate", "client");
    dialogue.switched("deflate", "server");
    const hold = { kind: "holdClient", tag: "b", octets: 18 };
    assert.deepEqual(said("client", "b UNAUTHENTICATE\r\nc NOOP\r\n"), { consumed: 18, switch: hold });
    const line = `b ${answer} x\r\n`;
    assert.deepEqual(said("server", `${line}* 1 EXISTS\r\n`), { consumed: line.length, switch: { kind } });
  }
});

test("refused STARTTLS and COMPRESS change nothing", () => {
  assert.deepEqual(hear(lines(["S: * OK", "C: a STARTTLS", "S: a NO no", "C: b NOOP", "S: b OK"])).slice(1), [
    "command 1",
    "tagged 1",
    "command 2",
    "tagged 2",
  ]);
});

test("a security layer is noticed by its first octet", () => {
  const said = lines(["S: * OK", "C: a AUTHENTICATE GSSAPI abcd", "S: a OK"]);
  const layered = [...said, { from: "server" as const, bytes: Uint8Array.of(0, 0, 0, 9, 1) }];
  assert.deepEqual(hear(layered).slice(-2), [
    "opaque client saslSecurityLayer",
    "opaque server saslSecurityLayer",
  ]);
  assert.equal(hear([...said, ...lines(["C: b NOOP", "S: b OK"])]).slice(-1)[0], "tagged 2");
});

test("law: any chunking of the runs gives the same dialogue", () => {
  fc.assert(
    fc.property(dialogueStream, fc.infiniteStream(fc.nat(9)), (said, sizes) => {
      const split = said.flatMap(({ from, bytes }) =>
        chunked(bytes, sizes).map((part) => ({ from, bytes: part })),
      );
      assert.deepEqual(hear(split), hear(said));
    }),
    { numRuns: runs(500) },
  );
});

test("two thousand outstanding commands stay fast", () => {
  const said = lines([
    ...HI,
    ...Array.from({ length: 2000 }, (_, i) => `C: t${i} NOOP`),
    ...Array.from({ length: 2000 }, (_, i) => `S: t${i} OK`),
  ]);
  const started = performance.now();
  assert.equal(hear(said).length, 4001);
  assert.ok(performance.now() - started < 10_000);
});
