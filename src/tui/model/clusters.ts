/** A line of text as it is edited: in clusters, which are characters with the marks that stand on them. */
import { cellWidth, characterCells, cutUnits } from "../../core/text/cells.ts";
import { safe } from "../../core/text/safe.ts";

export interface Cluster {
  readonly text: string;
  /** Code units before it. */
  readonly at: number;
  /** The cells before it, and those it takes as it is shown: what is unsafe is shown by its number. */
  readonly cell: number;
  readonly cells: number;
}

const LINE_END = /\r\n?|[\n\t\v\f\u0085\u2028\u2029]/g;
const CONTROL = /\p{Cc}/gu;
/** Letters, digits and what belongs to a name: `UIDNEXT`, `foo_bar`. */
const WORD = /^[\p{L}\p{N}_]/u;
const SPACE = /^\s/;

/** Text for one line: line ends and tabs become spaces, other control characters are left out. */
export function oneLine(text: string, most: number): string {
  return cutUnits(text, most).replace(LINE_END, " ").replace(CONTROL, "");
}

export function clustersOf(text: string): readonly Cluster[] {
  const clusters: Cluster[] = [];
  let at = 0;
  let cell = 0;
  let gathered = "";
  const finish = (): void => {
    if (gathered === "") return;
    const cells = cellWidth(safe(gathered).normalize("NFC"));
    clusters.push({ text: gathered, at, cell, cells });
    at += gathered.length;
    cell += cells;
    gathered = "";
  };
  for (const character of text) {
    if (characterCells(character) > 0) finish();
    gathered += character;
  }
  finish();
  return clusters;
}

/** Where the cluster before a place begins; 0 at the beginning. */
export function before(text: string, place: number): number {
  return clustersOf(text).findLast(({ at }) => at < place)?.at ?? 0;
}

/** Where the cluster at a place ends. */
export function behind(text: string, place: number): number {
  return clustersOf(text).find(({ at }) => at > place)?.at ?? text.length;
}

/** The beginning of the cluster that a place lies in; a place at the end of the text stays there. */
export function boundary(text: string, place: number): number {
  if (place >= text.length) return text.length;
  return clustersOf(text).findLast(({ at }) => at <= place)?.at ?? 0;
}

/** Where the word before a place begins, as emacs has words. */
export function wordBefore(text: string, place: number): number {
  return skipBack(
    text,
    skipBack(text, place, (character) => !WORD.test(character)),
    (character) => WORD.test(character),
  );
}

/** Where the word behind a place ends. */
export function wordBehind(text: string, place: number): number {
  const clusters = clustersOf(text).filter(({ at }) => at >= place);
  const start = clusters.findIndex((cluster) => WORD.test(cluster.text));
  if (start === -1) return text.length;
  return clusters.slice(start).find((cluster) => !WORD.test(cluster.text))?.at ?? text.length;
}

/** Where what stands between spaces begins, before a place: a whole term, as C-w takes it. */
export function termBefore(text: string, place: number): number {
  return skipBack(
    text,
    skipBack(text, place, (character) => SPACE.test(character)),
    (character) => !SPACE.test(character),
  );
}

function skipBack(text: string, place: number, skipped: (character: string) => boolean): number {
  const last = clustersOf(text).findLast((cluster) => cluster.at < place && !skipped(cluster.text));
  return last === undefined ? 0 : last.at + last.text.length;
}
