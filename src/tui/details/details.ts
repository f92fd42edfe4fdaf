/** The details of a row, tab by tab. What is beneath a shut fold is not made, so that cost follows what is to be seen. */
import { writeDialogue, writeDialogueHead } from "./dialogue-lines.ts";
import { writeHeader } from "./header-lines.ts";
import type { KeptLines } from "./kept-lines.ts";
import type { DetailLine, DetailOptions, Material, Tab } from "./material.ts";
import { writeStructure } from "./structure-lines.ts";
import { writeTimings } from "./timing-lines.ts";
import { writeWords } from "./words-lines.ts";
import { type Writer, writeDetails } from "./writer.ts";

const WRITERS: Readonly<Record<Tab, (writer: Writer, material: Material) => void>> = {
  dialogue: writeDialogue,
  structure: writeStructure,
  timings: writeTimings,
  words: writeWords,
};

/** `kept` are the lines of the same material and view with other folds open. */
export function detailLines(
  material: Material,
  tab: Tab,
  options: DetailOptions,
  kept?: KeptLines,
): readonly DetailLine[] {
  const write = (writer: Writer): void => {
    writeHeader(writer, material);
    if (tab === "dialogue") writeDialogueHead(writer, material);
    WRITERS[tab](writer, material);
  };
  return writeDetails(options, write, kept);
}
