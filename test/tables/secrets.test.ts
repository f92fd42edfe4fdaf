/**
 * Secrets: every position and form (RFC 9051 §6.2.2, §6.2.3, RFC 4467 §5, RFC 4616 §2, RFC 5802 §5, RFC 7628 §3). The test is
 * one of ignorance: whoever reads every output cannot tell which of two secrets of different length was sent, however the
 * octets were cut into reads. What each row becomes is written beside it.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fromLatin1, latin1, toBase64 } from "../../src/core/base/octets.ts";
import {
  encodeCapture,
  formatJsonLines,
  formatLines,
  formatTranscript,
  type ObservedDialogue,
  observeDialogue,
} from "../../src/index.ts";
import { runs } from "../runs.ts";
import { SECRET_ROWS, type Secret } from "./secret-rows.ts";
import { ECHO_ROWS } from "./secret-rows-echoes.ts";
import {
  inChunks,
  inTwo,
  octetByOctet,
  octetsBy,
  runsOf,
  type Said,
  spelled,
  together,
  transcript,
} from "./transcript.ts";

/** Secrets of different length and letters; none occurs in the rows by chance. */
const PLAIN = ["Canary7", "Kolibri-Nachtigall-29"];
/** With what has to be escaped, 8-bit octets, and a space. */
const ODD = ['Ca"na\\ry7', 'Kol"ibri\\Nacht gall\xe9\xff29'];

function secretOf(raw: string): Secret {
  return {
    raw,
    quoted: raw.replace(/["\\]/g, "\\$&"),
    octets: raw.length,
    base64: (before = "", after = "") => toBase64(fromLatin1(before + raw + after)),
  };
}

function observe(said: readonly Said[]): ObservedDialogue {
  return observeDialogue(runsOf(said), {
    onFailure: (error) => {
      throw error;
    },
  });
}

/** Everything that ever comes out. */
function outputs(dialogue: ObservedDialogue): string {
  const { observations, events } = dialogue;
  return [
    spelled(dialogue),
    formatLines(observations, { verbose: true }),
    formatLines(observations),
    formatJsonLines(observations),
    formatTranscript(observations),
    latin1(encodeCapture(events, { createdAt: "", createdBy: "" })),
  ].join("\n");
}

/** The masks of both directions, and whether they are where the spans say. */
function assertSpansExact(dialogue: ObservedDialogue): void {
  for (const event of dialogue.events) {
    if (event.kind !== "data") continue;
    const text = latin1(event.bytes);
    const masks = [...text.matchAll(/x{8}/g)].map(({ index }) => [index, index + 8]);
    assert.deepEqual(event.redacted, masks);
  }
}

for (const row of [...SECRET_ROWS, ...ECHO_ROWS]) {
  test(`${row.section}: ${row.name}`, () => {
    const secrets = (row.odd === true ? ODD : PLAIN).map(secretOf);
    const dialogues = secrets.map((secret) => transcript(["S: * OK ready", ...row.said(secret)], fromLatin1));
    const [first = [], second = []] = dialogues;
    const whole = observe(first);
    assertSpansExact(whole);
    const masked = transcript(["S: * OK ready", ...row.masked], fromLatin1);
    for (const from of ["client", "server"] as const) {
      const expected = masked.filter((line) => line.from === from).map((line) => latin1(line.bytes));
      assert.equal(octetsBy(from, whole.events), expected.join(""));
    }
    assert.equal(outputs(observe(second)), outputs(whole));
    const variants: Said[][] = [octetByOctet(first), octetByOctet(second), together(first), ...inTwo(first)];
    for (let seed = 1; seed <= runs(11); seed++) variants.push(inChunks(together(second), sizes(seed)));
    for (const variant of variants) {
      const seen = observe(variant);
      assertSpansExact(seen);
      for (const from of ["client", "server"] as const) {
        const reads = variant.map((read) => `${read.from[0]}:${latin1(read.bytes)}`).join("|");
        assert.equal(octetsBy(from, seen.events), octetsBy(from, whole.events), reads);
      }
    }
  });
}

/** Sizes of reads that look random and are the same every time. */
function* sizes(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648;
    yield 1 + (state % 17);
  }
}

/** What a frame is and where it belongs, without what it says. */
function skeleton(dialogue: ObservedDialogue): unknown[] {
  return dialogue.observations.flatMap((each): unknown[] => {
    switch (each.kind) {
      case "request":
        return [[each.role, each.exchange, each.command?.name, each.frame.end, each.frame.literals.length]];
      case "response":
        return [
          [each.role, each.attribution, each.frame.end, each.response.kind, each.frame.literals.length],
        ];
      case "exchange":
        return [[each.exchange.id, each.exchange.end, each.exchange.status, each.exchange.code?.name]];
      case "state":
        return [[each.from, each.to]];
      default:
        return [];
    }
  });
}

/** Lines that are masked whole lose their name, and literals of another size than announced theirs. */
const CHANGED =
  /no tag|tabs|typed|unknown command|no Base64|than announced|cut off|all the same|continued although|the name|a tag|password without|of which nothing|pipelined before|code without|tag and all/;

for (const row of [...SECRET_ROWS, ...ECHO_ROWS].filter(({ name }) => !CHANGED.test(name))) {
  test(`masked and clear are the same dialogue: ${row.section}: ${row.name}`, () => {
    const said = transcript(["S: * OK ready", ...row.said(secretOf(PLAIN[1] ?? ""))], fromLatin1);
    const clear = observeDialogue(runsOf(said), { keepSecrets: true });
    assert.deepEqual(skeleton(observe(said)), skeleton(clear));
  });
}

test("short secrets are masked as whole words only, and names and numbers never", () => {
  const said = transcript(
    [
      "S: * OK ready",
      "C: a LOGIN u 17",
      "S: a OK 17 of 1717 in (17)",
      "S: * 17 EXISTS",
      "S: * OK [UIDNEXT 17] 17",
      'S: * LIST () "/" 17',
    ],
    fromLatin1,
  );
  const expected =
    '* OK ready\r\na OK xxxxxxxx of 1717 in (xxxxxxxx)\r\n* 17 EXISTS\r\n* OK [UIDNEXT 17] xxxxxxxx\r\n* LIST () "/" 17\r\n';
  assert.equal(octetsBy("server", observe(said).events), expected);
});

test("an empty password is no secret that would be found everywhere", () => {
  const said = transcript(['C: a LOGIN u ""', 'S: * XLIST1 () "" x', 'S: a NO "" is empty']);
  assert.equal(octetsBy("server", observe(said).events), '* XLIST1 () "" x\r\na NO "" is empty\r\n');
});

test("what a server cuts of a long echo is masked, and an echo of a secret over every bound too", () => {
  const token = "ya29.".concat("k0libri".repeat(400));
  const huge = "n4chtigall-".repeat(100_000);
  const said = transcript([
    "S: * OK ready",
    `C: a LOGIN u ${token}`,
    `S: a BAD LOGIN u ${token.slice(0, 40)}...`,
    `C: b LOGIN u {${huge.length}+}`,
    `C: ${huge}`,
    `S: b BAD ${huge.slice(0, 9000)} and so on`,
    `S: * BAD ${huge}`,
    "S: * OK done",
  ]);
  for (const variant of [said, inChunks(said, sizes(1)), together(said)]) {
    assert.equal(
      octetsBy("server", observe(variant).events),
      "* OK ready\r\na BAD LOGIN u xxxxxxxx...\r\nb BAD xxxxxxxx\r\n* BAD xxxxxxxx\r\n* OK done\r\n",
    );
  }
});
