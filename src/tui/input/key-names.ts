/** The tables of what terminals send for the keys that write no text, and how such keys are named. */

/** Final letters of `CSI` and of `SS3` sequences. */
const BY_LETTER: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  E: "center",
  F: "end",
  H: "home",
  M: "enter",
  P: "f1",
  Q: "f2",
  R: "f3",
  S: "f4",
  Z: "tab",
};

/** First numbers of `CSI … ~` sequences. */
const BY_NUMBER: Readonly<Record<string, string>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "pageup",
  6: "pagedown",
  7: "home",
  8: "end",
  11: "f1",
  12: "f2",
  13: "f3",
  14: "f4",
  15: "f5",
  17: "f6",
  18: "f7",
  19: "f8",
  20: "f9",
  21: "f10",
  23: "f11",
  24: "f12",
};

/** Characters that have a name of their own, and the control characters that are keys. */
const BY_CODE: ReadonlyMap<number, string> = new Map([
  [0x08, "backspace"],
  [0x09, "tab"],
  [0x0a, "enter"],
  [0x0d, "enter"],
  [0x1b, "escape"],
  [0x20, "space"],
  [0x7f, "backspace"],
]);

const SHIFT = 1;
export const ALT = 2;
const CONTROL = 4;

export interface Named {
  readonly name: string;
  readonly text: string | undefined;
}

/** `CSI 1 ; 5 A`, `SS3 P`: the key of a final letter. */
export function letterKey(letter: string, modifiers: number): Named | undefined {
  const name = BY_LETTER[letter];
  if (name === undefined) return undefined;
  return named(name, letter === "Z" ? modifiers | SHIFT : modifiers);
}

/** `CSI 5 ~`. */
export function numberKey(number: string, modifiers: number): Named | undefined {
  const name = BY_NUMBER[number];
  return name === undefined ? undefined : named(name, modifiers);
}

/**
 * The key of a character, control characters included. `undefined` for what is no key: C1 controls, surrogates, and the
 * replacement of octets that were no UTF-8.
 */
export function characterKey(code: number, modifiers = 0): Named | undefined {
  const special = BY_CODE.get(code);
  if (special === "space")
    return { ...named("space", modifiers), text: plainly(modifiers) ? " " : undefined };
  if (special !== undefined) return named(special, modifiers);
  if (code === 0) return named("space", modifiers | CONTROL);
  // C-a to C-z, and C-\ C-] C-^ C-_.
  if (code < 0x20)
    return named(String.fromCharCode(code < 0x1b ? code + 0x60 : code + 0x40), modifiers | CONTROL);
  if ((code >= 0x80 && code < 0xa0) || (code >= 0xd800 && code < 0xe000) || code === 0xfffd) return undefined;
  if (code > 0x10ffff) return undefined;
  const character = String.fromCodePoint(code);
  if (plainly(modifiers)) {
    const text = (modifiers & SHIFT) === 0 ? character : character.toUpperCase();
    return { name: text, text };
  }
  return named(character, modifiers);
}

/** The number that terminals put into a sequence: one more than the sum of the modifiers. Caps lock and the like go. */
export function modifiersOf(parameter: string | undefined): number {
  const number = Number.parseInt(parameter ?? "", 10);
  return Number.isNaN(number) || number < 1 ? 0 : (number - 1) & (SHIFT | ALT | CONTROL);
}

function plainly(modifiers: number): boolean {
  return (modifiers & (ALT | CONTROL)) === 0;
}

function named(key: string, modifiers: number): Named {
  const name =
    ((modifiers & CONTROL) === 0 ? "" : "C-") +
    ((modifiers & ALT) === 0 ? "" : "M-") +
    ((modifiers & SHIFT) === 0 ? "" : "S-") +
    key;
  return { name, text: undefined };
}
