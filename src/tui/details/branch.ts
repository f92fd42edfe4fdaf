/** A tree as a person reads it: names with values, and branches that are made only when they are opened. */
import type { Subject } from "../../core/text/explain.ts";
import { type Line, type Style, span } from "../view/style.ts";
import { DOTS } from "./hide.ts";
import { rangeLabel, type Writer } from "./writer.ts";

export interface Branch {
  readonly label: string;
  readonly text?: string;
  readonly style?: Style;
  /** Whether the text is content: a name, an address, words of people. */
  readonly content?: boolean;
  /** Whether the label is one too. */
  readonly contentLabel?: boolean;
  readonly about?: readonly Subject[];
  /** What stands beneath it; asked for only while it is open. */
  readonly children?: () => readonly Branch[];
  /** Whether it is open at first. */
  readonly opened?: boolean;
}

/** Lines that a leaf may take. */
const LEAF_LINES = 8;

/** Folds are named by their places, as labels may repeat. */
export function writeBranches(writer: Writer, name: string, branches: readonly Branch[]): void {
  writer.each(name, branches.length, rangeLabel("entries"), (inner, place) => {
    const branch = branches[place];
    if (branch !== undefined) writeBranch(inner, `${name}.${place}`, branch);
  });
}

export function writeBranch(writer: Writer, name: string, branch: Branch): void {
  const { style = "plain", about = [], children } = branch;
  const { hidden } = writer.options;
  const label = hidden && branch.contentLabel === true ? DOTS : branch.label;
  const text =
    hidden && branch.content === true ? (branch.text === undefined ? "" : DOTS) : (branch.text ?? "");
  const head: Line = [span(text === "" ? label : `${label} `, "heading")];
  if (children === undefined) {
    writer.text([span("  "), ...head], text, style, { lines: LEAF_LINES, about });
    return;
  }
  writer.fold(name, [...head, span(text, style)], (inner) => writeBranches(inner, name, children()), {
    about,
    opened: branch.opened === true,
  });
}

export function leaf(label: string, text: string, more: Omit<Branch, "label" | "text"> = {}): Branch {
  return { label, text, ...more };
}

/** The same, of what a person may have written. */
export function content(label: string, text: string): Branch {
  return { label, text, content: true };
}
