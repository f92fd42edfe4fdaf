/**
 * Patterns with `*` for anything, compared without case. Texts are given in lower case, so that a text that is compared
 * with several patterns is lowered once.
 */

export interface Pattern {
  /** Whether the pattern covers the whole text. */
  readonly covers: (lower: string) => boolean;
  /** Whether the pattern covers some part of the text. */
  readonly occursIn: (lower: string) => boolean;
}

/** Makes a pattern of its text; `\*` is a star, `\\` a backslash. Never throws. */
export function createPattern(source: string): Pattern {
  const pieces = split(source.toLowerCase());
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  const between = pieces.slice(1, -1);
  return {
    covers(lower) {
      if (pieces.length === 1) return lower === first;
      if (!lower.startsWith(first) || !lower.endsWith(last)) return false;
      const at = inOrder(lower, between, first.length);
      return at !== -1 && at <= lower.length - last.length;
    },
    occursIn(lower) {
      return inOrder(lower, pieces, 0) !== -1;
    },
  };
}

/** Where the pieces end that were found one after the other, each at its first place; -1 where one is missing. */
function inOrder(text: string, pieces: readonly string[], start: number): number {
  let at = start;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found === -1) return -1;
    at = found + piece.length;
  }
  return at;
}

/** The literal texts between the stars; always one more than stars. */
function split(source: string): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  for (let i = 0; i < source.length; i++) {
    const character = source[i] ?? "";
    const next = source[i + 1];
    if (character === "\\" && (next === "*" || next === "\\")) {
      piece += next;
      i++;
    } else if (character === "*") {
      pieces.push(piece);
      piece = "";
    } else piece += character;
  }
  pieces.push(piece);
  return pieces;
}
