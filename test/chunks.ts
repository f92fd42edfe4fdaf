/** Octets and ways to cut them, for laws. */
import fc from "fast-check";
import { concat, fromLatin1, utf8 } from "../src/core/base/octets.ts";

/** Cuts octets into runs whose sizes come from an iterator (0 counts as 1); `rest` when it is exhausted. */
export function chunked(bytes: Uint8Array, sizes: Iterator<number>, rest = 1): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const next = sizes.next();
    const size = Math.max(1, next.done === true ? rest : next.value);
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

/** Pieces that are dangerous next to each other in IMAP. */
const DANGEROUS = [
  "\r\n",
  "\r",
  "\n",
  "{",
  "}",
  "{1}",
  "{2}\r\n",
  "{3+}\r\n",
  "~{4}\r\n",
  "{0}\r\n",
  "{0+}\r\n",
  "{999999999999999999999}\r\n",
  " ",
  "  ",
  "*",
  "* ",
  "+ ",
  "+",
  "+\r\n",
  "a",
  "a1",
  "\x16",
  "\r\n\x16\x03\x01",
  "A1 OK",
  "a1 OK x\r\n",
  "a1 NO x\r\n",
  "a1 BAD x\r\n",
  "* OK [",
  "]",
  "* BYE x\r\n",
  "* PREAUTH x\r\n",
  "* 1 FETCH (",
  "FLAGS (\\Seen)",
  "BODY[] ",
  ")\r\n",
  "* 3 EXISTS\r\n",
  "* 1 EXPUNGE\r\n",
  "a1 LOGIN ",
  "a1 AUTHENTICATE PLAIN\r\n",
  "a1 AUTHENTICATE LOGIN =\r\n",
  "a1 IDLE\r\n",
  "DONE\r\n",
  "a1 NOOP\r\n",
  "a1 UID ",
  "a1 SELECT INBOX\r\n",
  "a1 COMPRESS DEFLATE\r\n",
  "a1 STARTTLS\r\n",
  "a1 LOGOUT\r\n",
  '* ESEARCH (TAG "a1")',
  '* LIST () "/" ',
  '"',
  "\\",
  "\0",
  "\x80\xff",
  "é",
  "((((",
  "))))",
  "NIL",
  "*\r\n",
  "=\r\n",
  "dGVzdA==\r\n",
  "URL ",
  ";URLAUTH=x:y:z",
];

/** Streams that look like IMAP gone wrong, and octets of any kind. */
export const octetStream: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...DANGEROUS).map((text) => utf8(text)) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 8 }) },
      {
        weight: 1,
        arbitrary: fc.string({ maxLength: 6 }).map((text) => fromLatin1(text.replace(/[^\x00-\xff]/g, "?"))),
      },
    ),
    { maxLength: 40 },
  )
  .map((runs) => (runs.length === 0 ? new Uint8Array(0) : concat(runs)));

/** Octets of both directions in the order of arrival. */
export const dialogueStream: fc.Arbitrary<{ from: "client" | "server"; bytes: Uint8Array }[]> = fc.array(
  fc.record({ from: fc.constantFrom("client" as const, "server" as const), bytes: octetStream }),
  { maxLength: 10 },
);
