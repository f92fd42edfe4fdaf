/** Which screens are kept to be looked at, and how one comes to them. */
export interface GoldenScreen {
  readonly name: string;
  readonly size: readonly [columns: number, rows: number];
  /** Typed one after another; each waits for the screen. */
  readonly keys: readonly string[];
}

const SMALL = [80, 24] as const;
const WIDE = [120, 40] as const;
const LARGE = [200, 60] as const;

const ENTER = "\r";

function screen(name: string, size: GoldenScreen["size"], ...keys: readonly string[]): GoldenScreen {
  return { name: `${name}-${size.join("x")}`, size, keys };
}

/** Goes to the first exchange with a tag. */
function goTo(tag: string): string {
  return `gt${tag}${ENTER}`;
}

/** The FETCH of a whole mail, and the login that failed. */
const FETCH = goTo("9");
const FAILED = "ge";

export const GOLDEN_SCREENS: readonly GoldenScreen[] = [
  screen("table", SMALL),
  screen("table", WIDE),
  screen("table", LARGE),
  ...[SMALL, WIDE].flatMap((size) =>
    (["1", "2", "3", "4"] as const).flatMap((tab, i) => {
      const word = ["dialogue", "structure", "timings", "words"][i];
      return [screen(`fetch-${word}`, size, FETCH + tab), screen(`failed-${word}`, size, FAILED + tab)];
    }),
  ),
  screen("fetch-unfolded", WIDE, `${FETCH}1`, "Z"),
  // As pages of the documentation show it.
  screen("fetch-unfolded", [100, 36], `${FETCH}1`, "Z"),
  screen("connections", SMALL, "c"),
  screen("connections", LARGE, "c", "j", " "),
  screen("lanes", SMALL, "|"),
  screen("lanes", LARGE, "|"),
  // As a page of the documentation shows it.
  screen("lanes-picked", [100, 24], "cG", " g", " |", `@+12${ENTER}`),
  screen("lanes-shared", SMALL, "|", `@+9.3${ENTER}`),
  screen("lanes-hidden", SMALL, "H", "L"),
  screen("session", SMALL, `${goTo("A")}s`),
  screen("session", WIDE, `${goTo("A")}s`),
  screen("help", SMALL, "?"),
  screen("help", WIDE, "?"),
  screen("prompt-completions", SMALL, "/sta", "\t"),
  screen("prompt-error", SMALL, `/cmd:fetch wiat>5${ENTER}`),
  screen("filtered", SMALL, `/status:no or cmd:fetch${ENTER}`),
  screen("nothing-matches", SMALL, `/cmd:getquota${ENTER}`),
  screen("marked", SMALL, goTo("B"), "m", "k", `;why?${ENTER}`, `/cmd:search${ENTER}x`),
  screen("hidden", SMALL, "H"),
  screen("hidden-dialogue", SMALL, FETCH, "H", "1"),
  screen("hidden-connections", SMALL, "H", "c"),
  screen("hidden-session", SMALL, goTo("A"), "H", "s"),
];
