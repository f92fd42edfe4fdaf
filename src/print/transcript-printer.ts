/** The classic dialogue of a capture: `C: a1 LOGIN alice xxxxxxxx`, `S: a1 OK …`, every line in the order it was seen. */
import type { Frame } from "../core/imap/frame.ts";
import type { Observation } from "../core/observation.ts";
import { TRANSCRIPT, transcriptRows } from "../core/text/transcript.ts";
import { createPalette } from "./palette.ts";

export interface TranscriptPrinterOptions {
  /** Takes whole lines with their line ends. */
  readonly write: (text: string) => void;
  readonly colour: boolean;
  /** Lines of a folded literal that are shown of its head. */
  readonly previewLines: number;
  /** Which observations to show; a line is shown if its own request or response matches. */
  readonly matches?: (observation: Observation) => boolean;
}

export interface TranscriptPrinter {
  /** Takes every observation, in order. */
  readonly print: (observation: Observation) => void;
}

/** Where another connection goes on, a line says which: `--- connection 2 ---`. */
export function createTranscriptPrinter(options: TranscriptPrinterOptions): TranscriptPrinter {
  const { write, previewLines, matches = () => true } = options;
  const palette = createPalette(options.colour);
  let current: number | undefined;

  function writeFrame(connection: number, frame: Frame): void {
    if (connection !== current) write(`${palette("faint", `--- connection ${connection} ---`)}\n`);
    current = connection;
    const style = frame.from;
    for (const { text } of transcriptRows(frame, { ...TRANSCRIPT, previewLines }))
      write(`${palette(style, text)}\n`);
  }

  return {
    print(observation) {
      if (!matches(observation)) return;
      if (observation.kind === "request" || observation.kind === "response") {
        writeFrame(observation.connection, observation.frame);
      }
      if (observation.kind === "tls") {
        const what = observation.event.kind === "starttls" ? "STARTTLS" : observation.event.protocol;
        write(
          `${palette("tls", `--- ${what} on the ${observation.event.leg} leg of connection ${observation.connection} ---`)}\n`,
        );
        current = observation.connection;
      }
    },
  };
}
