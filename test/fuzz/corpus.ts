/**
 * What `npm test` replays at once (test/fuzz-corpus.test.ts): what the fuzz found, and the edges that it should never lose. A
 * found failure becomes a row here before it is mended.
 */
import { fromLatin1 } from "../../src/core/base/octets.ts";
import type { Said } from "./dialogues.ts";

type Row = readonly [from: Said["from"], octets: string];

/** Dialogues, in latin1. */
export const DIALOGUES: Readonly<Record<string, readonly Row[]>> = {
  "a secret in a literal that the server refuses": [
    ["server", "* OK hi\r\n"],
    ["client", "a LOGIN alice {8}\r\n"],
    ["server", "a BAD no\r\n"],
    ["client", "Kan4rie7\r\n"],
  ],
  "a SASL answer behind a continuation request without its plus": [
    ["server", "* OK hi\r\n"],
    ["client", "a AUTHENTICATE PLAIN\r\n"],
    ["server", " \r\n"],
    ["client", "Kan4rie7\r\n"],
    ["server", "a OK in\r\n"],
  ],
  "a literal header that no number holds": [
    ["server", "* OK hi\r\n* 1 FETCH (BODY[] {99999999999999999999}\r\nx)\r\n"],
    ["client", "a LOGIN alice Kan4rie7\r\n"],
  ],
  "octets of no language on both sides": [
    ["server", "\xff\xfe\0{3+}\r\n\r\r\n+\r\n"],
    ["client", "\0\r\n{9+}\r\n\x80\r\n\r\n"],
  ],
};

/** Command lines. */
export const ARGUMENTS: readonly (readonly string[])[] = [
  // Interrupted as soon as it says that it listens.
  ["proxy", "imap://127.0.0.1:1", "--listen", "imap://127.0.0.1:0"],
  // Control sequences of the terminal, in each kind of message about the command line itself.
  ["\u001b[31m"],
  ["view", "--\u001b[31m"],
  ["proxy", "--tls-min", "\u001b[31m"],
  ["proxy", "--rotate-size", "\u001b[31m"],
  ["ca", "\u001b[31m"],
];

export const saidBy = (rows: readonly Row[]): readonly Said[] =>
  rows.map(([from, octets]) => ({ from, bytes: fromLatin1(octets) }));
