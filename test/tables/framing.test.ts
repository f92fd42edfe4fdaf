/**
 * Framing (RFC 9051 §2.2, §4.3, §7.1, RFC 7888 §3, RFC 3516 §4.2): where units of both directions end, whatever the reads. Each
 * frame is written as its lines with `~` for their ends and literals as `<octets>` between them.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLatin1, latin1 } from "../../src/core/base/octets.ts";
import { type Frame, observeDialogue } from "../../src/index.ts";
import { inChunks, inTwo, octetByOctet, runsOf, type Said, together, transcript } from "./transcript.ts";

interface Row {
  readonly name: string;
  readonly said: readonly string[];
  /** `role: text`, with the defects of framing behind ` !`. */
  readonly frames: readonly string[];
}

const HI = "S: * OK hi";
const IN = ["S: * PREAUTH hi"];

const SERVER: readonly Row[] = [
  { name: "a line", said: [HI, "S: * 3 EXISTS"], frames: ["greeting: * OK hi", "untagged: * 3 EXISTS"] },
  {
    name: "a literal, and the line goes on",
    said: [HI, "S: * 1 FETCH (BODY[] {5}", "S: ab\r\nc UID 7)"],
    frames: ["greeting: * OK hi", "untagged: * 1 FETCH (BODY[] {5}<5> UID 7)"],
  },
  {
    name: "literals one after another",
    said: [HI, "S: * LIST () {1}", "S: / {2}", "S: ab", "S: * 1 EXISTS"],
    frames: ["greeting: * OK hi", "untagged: * LIST () {1}<1> {2}<2>", "untagged: * 1 EXISTS"],
  },
  {
    name: "an empty literal",
    said: [HI, "S: * 1 FETCH (BODY[TEXT] {0}", "S: )", "S: * 1 EXISTS"],
    frames: ["greeting: * OK hi", "untagged: * 1 FETCH (BODY[TEXT] {0}<0>)", "untagged: * 1 EXISTS"],
  },
  {
    name: "an empty literal at the end",
    said: [HI, "S: * LIST () NIL {0}", "S: ", "S: * 1 EXISTS"],
    frames: ["greeting: * OK hi", "untagged: * LIST () NIL {0}<0>", "untagged: * 1 EXISTS"],
  },
  {
    name: "literal8 with NUL",
    said: [HI, "S: * 1 FETCH (BINARY[1] ~{3}", "S: \0\r\n)"],
    frames: ["greeting: * OK hi", "untagged: * 1 FETCH (BINARY[1] ~{3}<3>)"],
  },
  {
    name: "a literal that looks like responses",
    said: [HI, "S: * 1 FETCH (BODY[] {21}", "S: A1 OK\r\n* BYE\r\n+ {5}\r\n)", "S: * 1 EXISTS"],
    frames: ["greeting: * OK hi", "untagged: * 1 FETCH (BODY[] {21}<21>)", "untagged: * 1 EXISTS"],
  },
  {
    name: "a header in a literal's last octets opens nothing",
    said: [HI, "S: * 1 FETCH (BODY[] {5}", "S: {9}\r\n)", "S: * 1 EXISTS"],
    frames: ["greeting: * OK hi", "untagged: * 1 FETCH (BODY[] {5}<5>)", "untagged: * 1 EXISTS"],
  },
  {
    name: "free text never opens a literal",
    said: [
      HI,
      "S: * OK quota {5}",
      "S: * NO {5}",
      "S: * BAD {5}",
      "S: * ok {5+}",
      "S: + {5}",
      "S: * BYE {5}",
      "S: * 1 EXISTS",
    ],
    frames: [
      "greeting: * OK hi",
      "untagged: * OK quota {5}",
      "untagged: * NO {5}",
      "untagged: * BAD {5}",
      "untagged: * ok {5+}",
      "continuation: + {5}",
      "untagged: * BYE {5}",
      "untagged: * 1 EXISTS",
    ],
  },
  {
    name: "a greeting is free text",
    said: ["S: * PREAUTH hi {5}", "S: * 1 EXISTS"],
    frames: ["greeting: * PREAUTH hi {5}", "untagged: * 1 EXISTS"],
  },
  {
    name: "tagged free text",
    said: [HI, "C: a NOOP", "S: a OK done {3}", "C: b NOOP", "S: b NO {3}", "C: c NOOP", 'S: c BAD "{3}'],
    frames: [
      "greeting: * OK hi",
      "command: a NOOP",
      "tagged: a OK done {3}",
      "command: b NOOP",
      "tagged: b NO {3}",
      "command: c NOOP",
      'tagged: c BAD "{3}',
    ],
  },
  {
    name: "a status without a space before its code is free text too",
    said: [HI, "S: * OK[ALERT] {5}", "S: * OK\t{5}", "S: * 1 EXISTS"],
    frames: ["greeting: * OK hi", "untagged: * OK[ALERT] {5}", "untagged: * OK\t{5}", "untagged: * 1 EXISTS"],
  },
  {
    name: "a lone quote in text is a character",
    said: [HI, 'S: * OK "unbalanced', "S: * 1 EXISTS"],
    frames: ["greeting: * OK hi", 'untagged: * OK "unbalanced', "untagged: * 1 EXISTS"],
  },
  {
    name: "a code without a status",
    said: [HI, "S: * [COPYUID 1 2 3] {5}", "S: [COPYUID 55 31 6]", "S: * 1 EXISTS"],
    frames: [
      "greeting: * OK hi",
      "untagged: * [COPYUID 1 2 3] {5}",
      "malformed: [COPYUID 55 31 6]",
      "untagged: * 1 EXISTS",
    ],
  },
  {
    name: "a line that is no response opens nothing",
    said: [HI, "S: CAPABILITY completed. {5}", "S: * 1 EXISTS"],
    frames: ["greeting: * OK hi", "malformed: CAPABILITY completed. {5}", "untagged: * 1 EXISTS"],
  },
  {
    name: "an unknown response may hold a literal",
    said: [HI, "S: * X-NEW {2}", "S: ab", "S: * 1 EXISTS"],
    frames: ["greeting: * OK hi", "untagged: * X-NEW {2}<2>", "untagged: * 1 EXISTS"],
  },
  {
    name: "the server's `{n+}` is a literal",
    said: [HI, "S: * LIST () NIL {1+}", "S: x"],
    frames: ["greeting: * OK hi", "untagged: * LIST () NIL {1+}<1>"],
  },
  {
    name: "what is no header",
    said: [
      HI,
      "S: * X {}",
      "S: * X {+}",
      "S: * X {-1}",
      "S: * X {1 }",
      "S: * X { 1}",
      "S: * X {0x1}",
      "S: * X {1} ",
    ],
    frames: [
      "greeting: * OK hi",
      "untagged: * X {}",
      "untagged: * X {+}",
      "untagged: * X {-1}",
      "untagged: * X {1 }",
      "untagged: * X { 1}",
      "untagged: * X {0x1}",
      "untagged: * X {1} ",
    ],
  },
  {
    name: "leading zeros",
    said: [HI, "S: * X {0002}", "S: ab"],
    frames: ["greeting: * OK hi", "untagged: * X {0002}<2>"],
  },
  {
    name: "a size that no number64 is (RFC 9051 §9) is no header",
    said: [
      HI,
      "S: * X {99999999999999999999}",
      "S: * 1 EXISTS",
      "S: * X {9223372036854775808}",
      "S: * 2 EXISTS",
    ],
    frames: [
      "greeting: * OK hi",
      "untagged: * X {99999999999999999999}",
      "untagged: * 1 EXISTS",
      "untagged: * X {9223372036854775808}",
      "untagged: * 2 EXISTS",
    ],
  },
  {
    name: "the largest size there is",
    said: [HI, "S: * X {9223372036854775807}", "S: * 1 EXISTS"],
    frames: ["greeting: * OK hi", "untagged: * X {9223372036854775807}<12> !server-cut"],
  },
  {
    name: "bare LF",
    said: [HI, "S: * 1 EXISTS\n", "S: * X {1}\n", "S: a\n"],
    frames: [
      "greeting: * OK hi",
      "untagged: * 1 EXISTS !server-bare-lf",
      "untagged: * X {1}<1> !server-bare-lf",
    ],
  },
  {
    name: "bare CR is no end",
    said: [HI, "S: * OK a\rb"],
    frames: ["greeting: * OK hi", "untagged: * OK a\rb"],
  },
  {
    name: "CR CR LF",
    said: [HI, "S: * 1 EXISTS\r"],
    frames: ["greeting: * OK hi", "untagged: * 1 EXISTS\r"],
  },
  {
    name: "blank lines",
    said: [HI, "S: ", "S: * 1 EXISTS", "S: \n"],
    frames: [
      "greeting: * OK hi",
      "blank:  !server-blank-line",
      "untagged: * 1 EXISTS",
      "blank:  !server-bare-lf,server-blank-line",
    ],
  },
  {
    name: "leading NUL, two spaces, lower case",
    said: [HI, "S: \0\0* 1 EXISTS", "S: *  1688 EXISTS", "S: * 1 exists"],
    frames: [
      "greeting: * OK hi",
      "untagged: \0\0* 1 EXISTS",
      "untagged: *  1688 EXISTS",
      "untagged: * 1 exists",
    ],
  },
  {
    name: "cut in a line, a header, a literal",
    said: [HI, "S: * 1 EXI\\"],
    frames: ["greeting: * OK hi", "untagged: * 1 EXI !server-cut"],
  },
  {
    name: "cut behind a header",
    said: [HI, "S: * X {5}"],
    frames: ["greeting: * OK hi", "untagged: * X {5}<0> !server-cut"],
  },
  {
    name: "cut in a literal",
    said: [HI, "S: * X {5}", "S: ab\\"],
    frames: ["greeting: * OK hi", "untagged: * X {5}<2> !server-cut"],
  },
  {
    name: "`+` with and without a space",
    said: [HI, "S: +", "S: + ", "S: +OK"],
    frames: ["greeting: * OK hi", "continuation: +", "continuation: + ", "continuation: +OK"],
  },
];

const CLIENT: readonly Row[] = [
  { name: "a command", said: [...IN, "C: a NOOP"], frames: ["greeting: * PREAUTH hi", "command: a NOOP"] },
  {
    name: "every form of header",
    said: [...IN, "C: a X {1}", "C: a ~{1}", "C: b {1+}", "C: c ~{1+}", "C: d"],
    frames: [
      "greeting: * PREAUTH hi",
      "command: a X {1}<1> ~{1}<1> {1+}<1> ~{1+}<1> !pipelined-past-literal",
    ],
  },
  {
    name: "a CRLF behind the literal ends the command",
    said: [...IN, "C: a CREATE {1+}", "C: b", "C: c NOOP"],
    frames: ["greeting: * PREAUTH hi", "command: a CREATE {1+}<1>", "command: c NOOP"],
  },
  {
    name: "the end of every line is looked at, also in commands that nobody knows",
    said: [...IN, "C: a XYZZY {2+}", "C: \r\n {1+}", "C: z"],
    frames: ["greeting: * PREAUTH hi", "command: a XYZZY {2+}<2> {1+}<1>"],
  },
  {
    name: "also within a quote that is not closed",
    said: [...IN, 'C: a CREATE "x {2+}', "C: yz", "C: b NOOP"],
    frames: ["greeting: * PREAUTH hi", 'command: a CREATE "x {2+}<2>', "command: b NOOP"],
  },
  {
    name: "a quoted string that only looks like one",
    said: [...IN, 'C: a CREATE "{2+}"', "C: b NOOP"],
    frames: ["greeting: * PREAUTH hi", 'command: a CREATE "{2+}"', "command: b NOOP"],
  },
  {
    name: "empty literals before CRLF and before SP",
    said: [...IN, "C: a CREATE {0+}", "C: ", "C: b COPY 1 {0+}", "C:  x", "C: c NOOP"],
    frames: [
      "greeting: * PREAUTH hi",
      "command: a CREATE {0+}<0>",
      "command: b COPY 1 {0+}<0> x",
      "command: c NOOP",
    ],
  },
  {
    name: "MULTIAPPEND",
    said: [...IN, "C: a APPEND x {1+}", "C: a (\\Seen) {2+}", "C: bc {0+}", "C: ", "C: b NOOP"],
    frames: [
      "greeting: * PREAUTH hi",
      "command: a APPEND x {1+}<1> (\\Seen) {2+}<2> {0+}<0>",
      "command: b NOOP",
    ],
  },
  {
    name: "a literal that looks like commands",
    said: [...IN, "C: a APPEND x {14+}", "C: DONE\r\nb LOGOUT", "C: c NOOP"],
    frames: ["greeting: * PREAUTH hi", "command: a APPEND x {14+}<14>", "command: c NOOP"],
  },
  {
    name: "bare LF",
    said: [...IN, "C: a NOOP\n", "C: b CREATE {1+}\n", "C: x\n"],
    frames: [
      "greeting: * PREAUTH hi",
      "command: a NOOP !client-bare-lf",
      "command: b CREATE {1+}<1> !client-bare-lf",
    ],
  },
  {
    name: "blank",
    said: [...IN, "C: ", "C: a NOOP"],
    frames: ["greeting: * PREAUTH hi", "blank:  !client-blank-line", "command: a NOOP"],
  },
  {
    name: "cut",
    said: [...IN, "C: a NOOP", "C: b SEL\\"],
    frames: ["greeting: * PREAUTH hi", "command: a NOOP", "command: b SEL !client-cut"],
  },
  {
    name: "tags of every kind",
    said: [
      ...IN,
      "C: . NOOP",
      "C: 15.16 NOOP",
      "C: $x NOOP",
      "C: __proto__ NOOP",
      "C: constructor NOOP",
      "S: __proto__ OK",
      "S: . OK",
      "S: constructor OK",
      "S: toString OK",
    ],
    frames: [
      "greeting: * PREAUTH hi",
      "command: . NOOP",
      "command: 15.16 NOOP",
      "command: $x NOOP",
      "command: __proto__ NOOP",
      "command: constructor NOOP",
      "tagged: __proto__ OK",
      "tagged: . OK",
      "tagged: constructor OK",
      "tagged: toString OK !tagged-unknown",
    ],
  },
];

const FRAMING =
  /^(client|server)-(cut|bare-lf|blank-line|limit)$|^(tagged|continuation|pipelined)-(unknown|duplicate|missing|past-literal)$/;

function text(frame: Frame): string {
  return frame.lines
    .map(
      (line, i) => latin1(line) + (frame.literals[i] === undefined ? "" : `<${frame.literals[i].received}>`),
    )
    .join("");
}

function framesOf(said: readonly Said[]): string[] {
  const { observations } = observeDialogue(runsOf(said), {
    onFailure: (error) => {
      throw error;
    },
  });
  return observations.flatMap((each) => {
    if (each.kind !== "request" && each.kind !== "response") return [];
    const defects = each.defects.map(({ kind }) => kind).filter((kind) => FRAMING.test(kind));
    return [`${each.role}: ${text(each.frame)}${defects.length === 0 ? "" : ` !${defects.join(",")}`}`];
  });
}

/** Sizes of reads that look random and are the same every time. */
function* sizes(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield 1 + (state % 13);
  }
}

for (const [side, rows] of [
  ["server", SERVER],
  ["client", CLIENT],
] as const) {
  for (const row of rows) {
    test(`${side}: ${row.name}`, () => {
      const said = transcript(row.said, fromLatin1);
      assert.deepEqual(framesOf(said), row.frames);
      assert.deepEqual(framesOf(octetByOctet(said)), row.frames);
      for (const cut of inTwo(said)) assert.deepEqual(framesOf(cut), row.frames);
      for (let seed = 1; seed < 10; seed++)
        assert.deepEqual(framesOf(inChunks(together(said), sizes(seed))), row.frames);
    });
  }
}
