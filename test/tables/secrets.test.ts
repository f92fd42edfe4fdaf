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
import { SECRET_ROWS, type Secret } from "./secret-rows.ts";
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

for (const row of SECRET_ROWS) {
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
    for (let seed = 1; seed < 12; seed++) variants.push(inChunks(together(second), sizes(seed)));
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
