/**
 * Any character of Unicode, for laws about text: what fast-check's own unit `binary` gives, which takes a second of every
 * process for a table of all 1.1 million of them.
 */
import fc from "fast-check";

const SURROGATES = 0xd800;
const SURROGATE_COUNT = 0x800;

export const anyCharacter: fc.Arbitrary<string> = fc
  .nat({ max: 0x10ffff - SURROGATE_COUNT })
  .map((number) => String.fromCodePoint(number < SURROGATES ? number : number + SURROGATE_COUNT), numberOf);

/** By it fast-check knows which of its dangerous words (`__proto__`) can be made. */
function numberOf(text: unknown): number {
  const code = typeof text === "string" ? text.codePointAt(0) : undefined;
  if (code === undefined || text !== String.fromCodePoint(code)) throw new TypeError("not one character");
  if (code >= SURROGATES && code < SURROGATES + SURROGATE_COUNT) throw new TypeError("half a character");
  return code < SURROGATES ? code : code - SURROGATE_COUNT;
}
