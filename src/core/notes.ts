/**
 * Notes: marks and comments that a person leaves beside the rows of a capture, and the lines of a file that keep them. Each
 * is a line of JSON, so that they can be compared, merged and mended by hand; a line that cannot be read stays as it is.
 */
import type { ConnectionId } from "./base/leg.ts";
import type { Micros } from "./base/time.ts";

/** What a note is about: a row is known by these, in every reading of the same capture. */
export interface NotePlace {
  readonly connection: ConnectionId;
  readonly atMicros: Micros;
  /** `exchange`, `push`, `state`, ... */
  readonly kind: string;
  /** The tag of an exchange, or a word for anything else. */
  readonly label: string;
  /** Which of several that are alike in all of this, from 1. */
  readonly nth: number;
}

export interface Note extends NotePlace {
  readonly marked: boolean;
  readonly comment: string | undefined;
}

export interface NoteProblem {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

export interface ReadNotes {
  readonly notes: readonly Note[];
  readonly problems: readonly NoteProblem[];
}

type Members = Readonly<Record<string, unknown>>;

/** The notes in the text of a file; of two about one place, the later one counts. */
export function readNotes(text: string): ReadNotes {
  const notes = new Map<string, Note>();
  const problems: NoteProblem[] = [];
  for (const [i, line] of linesOf(text).entries()) {
    if (line.trim() === "") continue;
    const note = readLine(line);
    if (typeof note === "string") problems.push({ line: i + 1, message: note });
    else notes.set(placeOf(note), note);
  }
  return { notes: [...notes.values()], problems };
}

/**
 * The text of a file after some notes were made or changed, in which all other lines stay what and where they are. A note
 * without mark and comment is taken away; a new one stands before the first of a later time.
 */
export function mergeNotes(text: string, changed: Iterable<Note>): string {
  const lines = linesOf(text).map(lineOf);
  for (const note of changed) {
    const place = placeOf(note);
    const known = lines.findLastIndex((each) => each.place === place);
    const line = lineOf(writeNote(note, membersOf(lines[known]?.line ?? "")));
    if (known !== -1) lines.splice(known, 1, ...(isEmpty(note) ? [] : [line]));
    else if (!isEmpty(note)) {
      const later = lines.findIndex(({ atMicros }) => atMicros > note.atMicros);
      lines.splice(later === -1 ? lines.length : later, 0, line);
    }
  }
  return lines.map(({ line }) => `${line}\n`).join("");
}

/** The same for every note about one place. Times are those of captures, which keep microseconds. */
export function placeOf({ connection, atMicros, kind, label, nth }: NotePlace): string {
  return JSON.stringify([connection, Math.round(atMicros), kind, label, nth]);
}

interface Line {
  readonly line: string;
  /** Of a note; what is none is never later. */
  readonly place: string | undefined;
  readonly atMicros: Micros;
}

function lineOf(line: string): Line {
  const note = readLine(line);
  if (typeof note === "string") return { line, place: undefined, atMicros: 0 };
  return { line, place: placeOf(note), atMicros: note.atMicros };
}

function isEmpty({ marked, comment }: Note): boolean {
  return !marked && comment === undefined;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** What else somebody wrote into the line stays in it. */
function writeNote(
  { connection, atMicros, kind, label, nth, marked, comment }: Note,
  before: Members,
): string {
  const at = Math.round(atMicros) / 1000;
  const known = { type: "note", connection, at, kind, label, nth: nth === 1 ? undefined : nth };
  return JSON.stringify({ ...known, ...before, ...known, marked: marked || undefined, comment });
}

/** A note, or why the line is none. */
function readLine(line: string): Note | string {
  const { type, connection, at, kind, label, nth = 1, marked = false, comment } = membersOf(line);
  if (type === undefined) return "this is no JSON object with a type";
  if (type !== "note") return "only lines of the type note are known";
  if (!isCount(connection)) return "connection is no number from 1";
  if (typeof at !== "number" || !(at >= 0)) return "at is no time in milliseconds";
  if (typeof kind !== "string" || typeof label !== "string") return "kind and label are to be texts";
  if (!isCount(nth)) return "nth is no number from 1";
  if (typeof marked !== "boolean") return "marked is neither true nor false";
  if (comment !== undefined && typeof comment !== "string") return "comment is no text";
  const words = comment === "" ? undefined : comment;
  return { connection, atMicros: Math.round(at * 1000), kind, label, nth, marked, comment: words };
}

function membersOf(line: string): Members {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1;
}
