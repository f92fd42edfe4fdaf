/** Decodes what a terminal sends as it comes, and decides by the time whether what has begun goes on. */
import type { Input } from "../terminal-types.ts";
import { createInputDecoder } from "./decode.ts";

export interface InputReader {
  readonly write: (octets: Uint8Array) => void;
  /** Nothing is told any more. */
  readonly stop: () => void;
}

/** How long what follows Escape may take: longer than within one sequence, shorter than anybody notices. */
export const ESCAPE_MS = 40;
/** How long a paste may pause. */
export const PASTE_MS = 500;

export function createInputReader(take: (input: Input) => void): InputReader {
  const decoder = createInputDecoder();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function tell(inputs: readonly Input[]): void {
    for (const input of inputs) if (!stopped) take(input);
  }

  return {
    write: (octets) => {
      clearTimeout(timer);
      tell(decoder.write(octets));
      const pending = decoder.pending();
      if (pending === undefined || stopped) return;
      timer = setTimeout(() => tell(decoder.flush()), pending === "paste" ? PASTE_MS : ESCAPE_MS);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
