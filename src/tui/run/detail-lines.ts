/** The lines of the details for the state as it is, made once for what they are made of. */
import type { Micros } from "../../core/base/time.ts";
import { safe } from "../../core/text/safe.ts";
import { detailLines } from "../details/details.ts";
import { explainLines } from "../details/explain-lines.ts";
import { createKeptLines } from "../details/kept-lines.ts";
import type { DetailLine, Material } from "../details/material.ts";
import type { State } from "../model/state.ts";
import type { Line } from "../view/style.ts";
import type { LaterMailReader } from "./mail-reader.ts";

export interface DetailSettings {
  readonly clock: (at: Micros) => string;
  readonly mails: LaterMailReader;
}

/** Lines of a report, as mails take them. */
const COPIED_COLUMNS = 100;

const READING: readonly DetailLine[] = [{ line: [{ text: "reading back …", style: "faint" }] }];

export function createDetailLines(
  state: () => State,
  { clock, mails }: DetailSettings,
): (of?: State) => readonly DetailLine[] {
  let madeOf: readonly unknown[] = [];
  let madeWith: ReadonlySet<string> | undefined;
  let made: readonly DetailLine[] = [];
  let kept = createKeptLines();

  return (of = state()) => {
    const { details, hidden, size, comments } = of;
    const { material, tab, toggled, row, reading } = details;
    if (material === undefined) return READING;
    // Until it is read back, what is shown is of the row before.
    const comment = row === undefined || reading ? undefined : comments.get(row);
    const parts = [material, tab, hidden, size.columns, comment, mails.isReady()];
    const isSame = madeOf.length > 0 && parts.every((part, i) => part === madeOf[i]);
    if (isSame && toggled === madeWith) return made;
    if (!isSame) kept = createKeptLines();
    madeOf = parts;
    madeWith = toggled;
    const { decodeWords } = mails;
    const options = { columns: size.columns - 2, toggled, hidden, comment, decodeWords };
    made = detailLines(material, tab, { ...options, clock: (at) => clock(at).trim() }, kept);
    return made;
  };
}

/** An exchange, or what else was seen, for a report in which all content is hidden: what its dialogue shows so. */
export function hiddenText(material: Material, clock: (at: Micros) => string): string {
  const nothing = { toggled: new Set<string>(), hidden: true, decodeWords: (text: string) => text };
  return detailLines(material, "dialogue", { ...nothing, columns: COPIED_COLUMNS, clock })
    .map(({ line }) => line.map(({ text }) => safe(text)).join(""))
    .map((line) => `${line.trimEnd()}\n`)
    .join("");
}

/** What is explained at the moment. */
export function explanationLines(
  { explained, details, hidden, size }: State,
  { clock, mails }: DetailSettings,
): readonly Line[] {
  const { toggled } = details;
  const { decodeWords } = mails;
  return explainLines(explained, { columns: size.columns - 2, toggled, hidden, clock, decodeWords }).map(
    ({ line }) => line,
  );
}
