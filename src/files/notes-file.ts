/**
 * The file of notes beside a capture. Each change is written at once: the file is read again, so that what somebody else has
 * written meanwhile stays, and replaced as a whole, so that it is never half of one.
 */
import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { mergeNotes, type Note, placeOf, type ReadNotes, readNotes } from "../core/notes.ts";
import { systemCode, systemReason } from "./system-error.ts";

export interface NotesFileOptions {
  /** Told each time that notes could not be written; they are tried again with the next one. */
  readonly onProblem: (message: string) => void;
}

export interface NotesFile {
  readonly path: string;
  /** Keeps a note in the place of the one before; one without mark and comment is taken away. Never throws, never waits. */
  readonly put: (note: Note) => void;
  /** Settles when everything is written, or cannot be. Never rejects. */
  readonly flushed: () => Promise<void>;
}

/** More than a person writes; a longer file is none of ours. */
const MOST_OCTETS = 16 * 1024 * 1024;

/** Where the notes of a capture are. */
export function notesPath(capture: string): string {
  return `${capture}.notes`;
}

/** The notes of a capture; none where there is no file. @throws an Error in words for the user */
export async function loadNotes(path: string): Promise<ReadNotes> {
  return readNotes(await read(path));
}

export function createNotesFile(path: string, { onProblem }: NotesFileOptions): NotesFile {
  let changed = new Map<string, Note>();
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (changed.size > 0) {
      const now = changed;
      changed = new Map();
      try {
        await replace(path, mergeNotes(await read(path), now.values()));
      } catch (error) {
        changed = new Map([...now, ...changed]);
        onProblem(`the notes cannot be written to ${path}: ${systemReason(error)}`);
        break;
      }
    }
    writing = undefined;
  }

  return {
    path,
    put: (note) => {
      changed.set(placeOf(note), note);
      writing ??= writeAll();
    },
    flushed: async () => writing,
  };
}

async function read(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MOST_OCTETS) throw new Error("it is too long for notes");
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return "";
    throw new Error(systemReason(error), { cause: error });
  }
}

/** Readable by its owner only: comments say what mails say. */
async function replace(path: string, text: string): Promise<void> {
  if (text === "") {
    await rm(path, { force: true });
    return;
  }
  const other = `${path}.${randomUUID()}`;
  const handle = await open(other, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
    await handle.close();
    await rename(other, path);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(other, { force: true });
    throw error;
  }
}
