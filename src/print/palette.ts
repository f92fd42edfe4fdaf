/** What is shown in which colour. Colour only repeats what the words say: everything can be read without it. */
import { styleText } from "node:util";

const STYLES = {
  plain: undefined,
  faint: "gray",
  heading: "bold",
  ok: "green",
  no: "yellow",
  bad: "red",
  push: "cyan",
  state: "blue",
  tls: "magenta",
  client: "cyan",
  server: "green",
} as const;

export type Style = keyof typeof STYLES;

/** Puts a text in a style; gives it back as it is where there is no colour. */
export type Palette = (style: Style, text: string) => string;

/** `colour` says whether to use any: who calls has looked at NO_COLOR and at the terminal. */
export function createPalette(colour: boolean): Palette {
  if (!colour) return (_style, text) => text;
  return (style, text) => {
    const format = STYLES[style];
    if (format === undefined || text === "") return text;
    // Not validated against stdout: the output may be another stream, and the decision was made already.
    return styleText(format, text, { validateStream: false });
  };
}
