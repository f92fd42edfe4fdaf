/**
 * What is shown in which style, by name; which colours that becomes is the terminal's affair (theme.ts). Colour only repeats
 * what words and signs say: everything can be read without it.
 */
export const STYLES = [
  "plain",
  "faint",
  "heading",
  "ok",
  "no",
  "bad",
  "open",
  "push",
  "state",
  "tls",
  "defect",
  "client",
  "server",
  "literal",
  "accent",
  "match",
  "upload",
  "wait",
  "download",
  "idle",
  "bar",
] as const;

export type Style = (typeof STYLES)[number];

/** A piece of a line in one style. The text may come from a peer as it is: whoever paints it makes it safe. */
export interface Span {
  readonly text: string;
  readonly style: Style;
}

/** One line of the screen. */
export type Line = readonly Span[];

export function span(text: string, style: Style = "plain"): Span {
  return { text, style };
}
