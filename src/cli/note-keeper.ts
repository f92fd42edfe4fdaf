/** Where marks and comments go: beside the captures that hold what they are about; without one they live as long as the screen. */
import type { Note } from "../core/notes.ts";
import { createNotesFile, type NotesFile, notesPath } from "../files/notes-file.ts";
import type { Notice } from "../net/notice.ts";

export interface NoteKeeper {
  readonly put: (note: Note) => void;
  /** From a time on, what is seen is also in this capture: its notes go beside it. `undefined` ends that. */
  readonly keepBeside: (capture: string | undefined, nowMicros: number) => void;
  /** Settles when all is written, or cannot be. */
  readonly close: () => Promise<void>;
}

interface Place {
  readonly file: NotesFile;
  readonly fromMicros: number;
  untilMicros: number;
}

const IN_MEMORY = "Marks and comments end with the screen, unless recorded (R) or saved (S).";

export interface NoteKeeperOptions {
  readonly onNotice: (notice: Notice) => void;
  /** Says something for the moment. */
  readonly say: (text: string) => void;
}

export function createNoteKeeper({ onNotice, say }: NoteKeeperOptions): NoteKeeper {
  const places: Place[] = [];
  let told = false;

  function onProblem(text: string): void {
    onNotice({ level: "warning", text });
  }

  return {
    put: (note) => {
      const { atMicros } = note;
      const its = places.filter(
        ({ fromMicros, untilMicros }) => fromMicros <= atMicros && atMicros <= untilMicros,
      );
      for (const { file } of its) file.put(note);
      if (its.length > 0 || told) return;
      told = true;
      say(IN_MEMORY);
    },
    keepBeside: (capture, nowMicros) => {
      const last = places.at(-1);
      if (last !== undefined) last.untilMicros = Math.min(last.untilMicros, nowMicros);
      if (capture === undefined) return;
      const file = createNotesFile(notesPath(capture), { onProblem });
      places.push({ file, fromMicros: nowMicros, untilMicros: Number.POSITIVE_INFINITY });
    },
    close: async () => {
      await Promise.all(places.map(({ file }) => file.flushed()));
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
