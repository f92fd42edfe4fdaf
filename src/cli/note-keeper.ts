/** Where marks and comments go: beside the captures that hold what they are about; without one they live as long as the screen. */
import type { ConnectionId } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { Note } from "../core/notes.ts";
import { createNotesFile, type NotesFile, notesPath } from "../files/notes-file.ts";
import type { Notice } from "../net/notice.ts";

export interface NoteKeeper {
  readonly put: (note: Note) => void;
  /** From a time on, what is seen is also in this capture: its notes go beside it. `undefined` ends that. */
  readonly keepBeside: (capture: string | undefined, nowMicros: number) => void;
  /** What is seen of a connection after a time is in this capture, until it is in another. */
  readonly liesIn: (connection: ConnectionId, capture: string, afterMicros: Micros) => void;
  /** A capture was moved away, and another is in its place: what is known of it here goes with it. */
  readonly followed: (capture: string) => void;
  /** Settles when all is written, or cannot be. */
  readonly close: () => Promise<void>;
}

interface Place {
  readonly capture: string;
  readonly fromMicros: number;
  untilMicros: number;
}

/** A file in which a connection lies. */
interface Part {
  readonly capture: string;
  readonly afterMicros: Micros;
}

const IN_MEMORY = "Marks and comments end with the screen, unless recorded (R) or saved (S).";

export interface NoteKeeperOptions {
  readonly onNotice: (notice: Notice) => void;
  /** Says something for the moment. */
  readonly say: (text: string) => void;
}

export function createNoteKeeper({ onNotice, say }: NoteKeeperOptions): NoteKeeper {
  const places: Place[] = [];
  const parts = new Map<ConnectionId, Part[]>();
  /** Those that were written to, by their captures. */
  const files = new Map<string, NotesFile>();
  let told = false;

  function onProblem(text: string): void {
    onNotice({ level: "warning", text });
  }

  function fileBeside(capture: string): NotesFile {
    const known = files.get(capture);
    if (known !== undefined) return known;
    const file = createNotesFile(notesPath(capture), { onProblem });
    files.set(capture, file);
    return file;
  }

  function capturesOf({ connection, atMicros }: Note): ReadonlySet<string> {
    const during = places.filter(
      ({ fromMicros, untilMicros }) => fromMicros <= atMicros && atMicros <= untilMicros,
    );
    const part = parts.get(connection)?.findLast(({ afterMicros }) => afterMicros < atMicros);
    return new Set([...during, ...(part === undefined ? [] : [part])].map(({ capture }) => capture));
  }

  return {
    put: (note) => {
      const captures = capturesOf(note);
      for (const capture of captures) fileBeside(capture).put(note);
      if (captures.size > 0 || told) return;
      told = true;
      say(IN_MEMORY);
    },
    keepBeside: (capture, nowMicros) => {
      const last = places.at(-1);
      if (last !== undefined) last.untilMicros = Math.min(last.untilMicros, nowMicros);
      if (capture === undefined) return;
      places.push({ capture, fromMicros: nowMicros, untilMicros: Number.POSITIVE_INFINITY });
    },
    liesIn: (connection, capture, afterMicros) => {
      const known = parts.get(connection);
      if (known === undefined) parts.set(connection, [{ capture, afterMicros }]);
      else if (known.at(-1)?.capture !== capture) known.push({ capture, afterMicros });
    },
    followed: (capture) => {
      if (!files.has(capture)) return;
      const text = `Recording goes on in a new file. Marks and comments of the one before are in ${notesPath(capture)}: move that along with it.`;
      onNotice({ level: "warning", text });
    },
    close: async () => {
      await Promise.all(Array.from(files.values(), (file) => file.flushed()));
    },
  };
}

/** Writes notes beside a capture that was just made. @throws an Error in words for the user */
export async function saveNotes(capture: string, notes: readonly Note[]): Promise<void> {
  let problem: string | undefined;
  const file = createNotesFile(notesPath(capture), {
    onProblem: (message) => {
      problem = message;
    },
  });
  for (const note of notes) file.put(note);
  await file.flushed();
  if (problem !== undefined) throw new Error(problem);
}
