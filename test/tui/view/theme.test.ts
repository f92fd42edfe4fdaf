import assert from "node:assert/strict";
import { test } from "node:test";
import { SELECTED } from "../../../src/tui/view/frame.ts";
import { STYLES, type Style } from "../../../src/tui/view/style.ts";
import {
  type Background,
  backgroundOf,
  createTheme,
  type Depth,
  depthOf,
  type Look,
} from "../../../src/tui/view/theme.ts";

type Rgb = readonly [red: number, green: number, blue: number];

/** xterm's first sixteen; the others are the same everywhere. */
const SIXTEEN: readonly Rgb[] = [
  [0, 0, 0],
  [205, 0, 0],
  [0, 205, 0],
  [205, 205, 0],
  [0, 0, 238],
  [205, 0, 205],
  [0, 205, 205],
  [229, 229, 229],
  [127, 127, 127],
  [255, 0, 0],
  [0, 255, 0],
  [255, 255, 0],
  [92, 92, 255],
  [255, 0, 255],
  [0, 255, 255],
  [255, 255, 255],
];
const STEPS = [0, 95, 135, 175, 215, 255];
const GROUNDS: Readonly<Record<Background, readonly Rgb[]>> = {
  dark: [[0, 0, 0]],
  light: [[255, 255, 255]],
  unknown: [
    [0, 0, 0],
    [255, 255, 255],
  ],
};

function colour(number: number): Rgb {
  const basic = SIXTEEN[number];
  if (basic !== undefined) return basic;
  const grey = 8 + 10 * (number - 232);
  if (number >= 232) return [grey, grey, grey];
  const [r = 0, g = 0, b = 0] = [36, 6, 1].map((step) => STEPS[Math.floor((number - 16) / step) % 6]);
  return [r, g, b];
}

/** WCAG 2: from 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [light = 0, dark = 0] = [one, other]
    .map((rgb) => {
      const [r = 0, g = 0, b = 0] = rgb
        .map((value) => value / 255)
        .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    })
    .sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function leastContrast({ ink, paper, reverse }: Look, background: Background): number {
  if (ink === undefined && paper === undefined) return 21;
  // In reverse a colour becomes the paper, and the ink is the terminal's own background: the same pair.
  assert.ok(reverse !== true || paper === undefined);
  const own: Rgb = background === "light" ? [0, 0, 0] : [229, 229, 229];
  const grounds = paper === undefined ? GROUNDS[background] : [colour(paper)];
  return Math.min(...grounds.map((ground) => contrast(ink === undefined ? own : colour(ink), ground)));
}

const LEAST: readonly (readonly [depth: Depth, background: Background, least: number])[] = [
  [256, "dark", 4.5],
  [256, "light", 4.5],
  // Nothing is far from black and from white alike.
  [256, "unknown", 4],
  // The terminal's own palette: xterm's is one of the worse ones.
  [16, "dark", 4.5],
  [16, "light", 4],
  [16, "unknown", 3],
];

for (const [depth, background, least] of LEAST) {
  test(`with ${depth} colours on a background that is ${background}, every style can be read`, () => {
    const theme = createTheme(depth, background);
    for (const style of STYLES) {
      for (const selected of [false, true]) {
        const found = leastContrast(theme.look(style, selected), background);
        assert.ok(found >= least, `${style}${selected ? " selected" : ""}: ${found.toFixed(2)}`);
      }
    }
  });
}

test("without colours there are attributes only", () => {
  const { attributes } = createTheme(0, "dark");
  for (const attribute of attributes) assert.equal(attribute & 0x3ffff, 0x3ffff);
});

for (const depth of [0, 16, 256] as const) {
  test(`with ${depth} colours the selected row, bars, matches and what went wrong differ from the rest`, () => {
    for (const background of ["dark", "light", "unknown"] as const) {
      const { attributes } = createTheme(depth, background);
      const of = (style: Style) => attributes[STYLES.indexOf(style)];
      for (const [i] of STYLES.entries()) assert.notEqual(attributes[i], attributes[i | SELECTED], STYLES[i]);
      for (const style of ["heading", "no", "bad", "defect", "match", "bar"] as const) {
        assert.notEqual(of(style), of("plain"), style);
      }
      assert.notEqual(of("no"), of("bad"));
      assert.notEqual(of("match"), of("plain"));
      const selected = (style: Style) => attributes[STYLES.indexOf(style) | SELECTED];
      assert.notEqual(selected("match"), selected("plain"));
    }
  });
}

test("attributes are blessed's numbers", () => {
  const { attributes } = createTheme(256, "dark");
  assert.equal(attributes[STYLES.indexOf("plain")], (0x1ff << 9) | 0x1ff);
  assert.equal(attributes[STYLES.indexOf("bad")], (1 << 18) | (210 << 9) | 0x1ff);
  assert.equal(attributes[STYLES.indexOf("bad") | SELECTED], (1 << 18) | (210 << 9) | 236);
});

test("the environment says how many colours there are", () => {
  const rows: readonly (readonly [Record<string, string>, Depth])[] = [
    [{ TERM: "xterm-256color" }, 256],
    [{ TERM: "tmux-256color" }, 256],
    [{ TERM: "alacritty" }, 256],
    [{ TERM: "xterm" }, 256],
    [{ TERM: "linux" }, 16],
    [{ TERM: "xterm-16color" }, 16],
    [{ TERM: "ansi" }, 16],
    [{ TERM: "vt220" }, 0],
    [{ TERM: "xterm-mono" }, 0],
    [{ TERM: "dumb" }, 0],
    [{ TERM: "" }, 0],
    [{}, 0],
    [{ TERM: "xterm-256color", NO_COLOR: "1" }, 0],
    // Only where it is not empty (no-color.org).
    [{ TERM: "xterm-256color", NO_COLOR: "" }, 256],
  ];
  for (const [environment, depth] of rows)
    assert.equal(depthOf(environment), depth, JSON.stringify(environment));
});

test("the environment may say what the background is", () => {
  const rows: Readonly<Record<string, Background>> = {
    "15;0": "dark",
    "0;15": "light",
    "0;default;15": "light",
    "0;7": "light",
    "7;8": "dark",
    "12;4": "dark",
    "default;default": "unknown",
    "": "unknown",
    "0;99": "dark",
    x: "unknown",
  };
  for (const [value, background] of Object.entries(rows)) {
    assert.equal(backgroundOf({ COLORFGBG: value }), background, value);
  }
  assert.equal(backgroundOf({}), "unknown");
});
