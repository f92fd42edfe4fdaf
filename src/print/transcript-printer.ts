/** The classic dialogue of a capture: `C: a1 LOGIN alice xxxxxxxx`, `S: a1 OK …`, every line in the order it was seen. */
import type { Frame } from "../core/imap/frame.ts";
import type { Observation } from "../core/observation.ts";
import { safe } from "../core/text/safe.ts";
import { TRANSCRIPT, transcriptRows } from "../core/text/transcript.ts";
import { createPalette, type Style } from "./palette.ts";

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

  /** A line that is no peer's. */
  function writeFact(connection: number, style: Style, text: string): void {
    write(`${palette(style, `--- ${text} ---`)}\n`);
    current = connection;
  }

  return {
    print(observation) {
      if (!matches(observation)) return;
      const { connection, kind } = observation;
      if (kind === "request" || kind === "response") writeFrame(connection, observation.frame);
      else if (kind === "tls") {
        const { event } = observation;
        const what = event.kind === "starttls" ? "STARTTLS" : event.protocol;
        writeFact(connection, "tls", `${what} on the ${event.leg} leg of connection ${connection}`);
      } else if (kind === "notice" && observation.code === "byImapscope" && observation.own === undefined) {
        // What imapscope said to the server alone is in no frame.
        writeFact(connection, "faint", `connection ${connection}: ${safe(observation.text)}`);
      }
    },
  };
}
