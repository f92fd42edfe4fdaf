/**
 * Which colours the named styles become, for what the terminal can do and for what is behind the text. Pure tables; the
 * numbers are blessed's: `flags << 18 | foreground << 9 | background`.
 */
import { SELECTED } from "./frame.ts";
import { STYLES, type Style } from "./style.ts";

/** 0: no colours, attributes only. */
export type Depth = 0 | 16 | 256;
/** What the terminal's own background is; unknown takes only colours that can be read on both. */
export type Background = "dark" | "light" | "unknown";

export interface Look {
  /** A colour of the terminal, or none for its own. */
  readonly ink?: number;
  readonly paper?: number;
  readonly bold?: boolean;
  readonly underline?: boolean;
  readonly reverse?: boolean;
}

export interface Theme {
  /** The attribute of each style number with and without {@link SELECTED}. */
  readonly attributes: Int32Array;
  readonly look: (style: Style, selected: boolean) => Look;
}

const BOLD = 1;
const UNDERLINE = 2;
const REVERSE = 8;
/** The terminal's own colour. */
const OWN = 0x1ff;

/** Without colours: what matters stands out by weight, and bars by reversal. */
const COLOURLESS: Readonly<Partial<Record<Style, Look>>> = {
  heading: { bold: true },
  no: { bold: true },
  bad: { bold: true, underline: true },
  defect: { underline: true },
  accent: { bold: true },
  match: { bold: true },
  bar: { reverse: true },
};

/** A colour for dark, light and unknown backgrounds each; `undefined` leaves the terminal's own. */
type Row = readonly [dark: number | undefined, light: number | undefined, unknown: number | undefined];

const COLUMN: Readonly<Record<Background, 0 | 1 | 2>> = { dark: 0, light: 1, unknown: 2 };

/** Colours of the cube and the greys of xterm, which terminals leave as they are. */
const INKS_256: Readonly<Partial<Record<Style, Row>>> = {
  faint: [248, 240, 243],
  ok: [114, 22, 29],
  no: [215, 94, 130],
  bad: [210, 124, 161],
  open: [117, 25, 31],
  push: [176, 90, 133],
  state: [80, 23, 30],
  tls: [109, 24, 96],
  defect: [221, 94, 130],
  client: [117, 25, 31],
  server: [114, 22, 29],
  literal: [180, 58, 64],
  accent: [117, 25, 63],
  match: [221, 94, 161],
  upload: [176, 90, 133],
  wait: [215, 94, 130],
  download: [114, 22, 29],
  idle: [248, 240, 243],
};

/** The palette of 16 is the user's own taste: only those that are apart from the background in the usual ones. */
const INKS_16: Readonly<Partial<Record<Style, Row>>> = {
  ok: [2, undefined, undefined],
  no: [3, 5, 5],
  bad: [9, 1, 1],
  open: [6, 4, undefined],
  push: [13, 5, 5],
  state: [6, 4, undefined],
  defect: [3, 5, 5],
  client: [6, 4, undefined],
  server: [2, undefined, undefined],
  accent: [6, 4, undefined],
  match: [3, 1, 1],
  upload: [13, 5, 5],
  wait: [3, 1, 1],
  download: [2, 4, undefined],
};

/** Bars at the edges and the selected row, with a background of their own. */
const PAPERS_256: Readonly<Record<"bar" | "selected", Readonly<Record<Background, Look>>>> = {
  bar: {
    dark: { ink: 253, paper: 238 },
    light: { ink: 234, paper: 252 },
    unknown: { ink: 255, paper: 240 },
  },
  selected: { dark: { paper: 236 }, light: { paper: 254 }, unknown: { reverse: true } },
};

const BOLD_STYLES: ReadonlySet<Style> = new Set(["heading", "bad", "accent", "match"]);

export function createTheme(depth: Depth, background: Background): Theme {
  const look = (style: Style, selected: boolean): Look => {
    const plain = lookOf(style, depth, background);
    return selected ? selectedLook(plain, depth, background) : plain;
  };
  const attributes = new Int32Array(256).fill((OWN << 9) | OWN);
  STYLES.forEach((style, number) => {
    attributes[number] = attributeOf(look(style, false));
    attributes[number | SELECTED] = attributeOf(look(style, true));
  });
  return { attributes, look };
}

function lookOf(style: Style, depth: Depth, background: Background): Look {
  if (depth === 0) return COLOURLESS[style] ?? {};
  if (style === "bar") return depth === 16 ? { reverse: true } : PAPERS_256.bar[background];
  const ink = (depth === 16 ? INKS_16 : INKS_256)[style]?.[COLUMN[background]];
  return {
    ...(ink === undefined ? {} : { ink }),
    ...(BOLD_STYLES.has(style) ? { bold: true } : {}),
  };
}

/** One bar over the whole row: in reverse the colours would become as many patches, so only weight is kept. */
function selectedLook(plain: Look, depth: Depth, background: Background): Look {
  const over = depth === 256 ? PAPERS_256.selected[background] : { reverse: true };
  if (over.reverse !== true) {
    return plain.paper === undefined ? { ...plain, ...over } : { ...plain, bold: true, underline: true };
  }
  const { bold = false, underline = false, reverse = false, paper } = plain;
  // What is reversed by itself stands out of the bar by not being so.
  return reverse || paper !== undefined
    ? { bold: true, underline: true }
    : { bold, underline, reverse: true };
}

function attributeOf({ ink = OWN, paper = OWN, bold, underline, reverse }: Look): number {
  const flags = (bold ? BOLD : 0) | (underline ? UNDERLINE : 0) | (reverse ? REVERSE : 0);
  return (flags << 18) | (ink << 9) | paper;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the environment says of colours: NO_COLOR, a TERM without, the consoles' sixteen; else 256 as everywhere. */
export function depthOf({ NO_COLOR: noColour = "", TERM: term = "" }: Environment): Depth {
  if (noColour !== "" || term === "" || term === "dumb" || /^(vt\d|xterm-mono)|-m$/.test(term)) return 0;
  return /^(linux|ansi|cons25|cygwin)|-(8|16)color$/.test(term) ? 16 : 256;
}

/** COLORFGBG, as `15;0` or `0;default;15`, ends with the colour of the background: 7 and from 9 on light ones. */
export function backgroundOf({ COLORFGBG: colours }: Environment): Background {
  const last = colours?.split(";").at(-1) ?? "";
  if (!/^\d{1,2}$/.test(last)) return "unknown";
  const number = Number(last);
  return number === 7 || (number > 8 && number < 16) ? "light" : "dark";
}
