/** Commands from text, for tests: `\r\n` is added, and each character is one octet. */
import { fromLatin1 } from "../src/core/base/octets.ts";
import type { Command, CommandDetail } from "../src/core/imap/command.ts";
import type { DefectKind, Parsed } from "../src/core/imap/defect.ts";
import type { Frame } from "../src/core/imap/frame.ts";
import { frameOf } from "../src/core/imap/frame-of.ts";
import { parseCommand } from "../src/core/imap/parse-command.ts";

export function parsed(line: string): Parsed<Command> {
  return parseCommand(frameOf("client", fromLatin1(`${line}\r\n`)));
}

export function detail(line: string): CommandDetail {
  return parsed(`a1 ${line}`).value.detail;
}

export function defectKinds(line: string): DefectKind[] {
  return parsed(line).defects.map(({ kind }) => kind);
}

/** A frame whose only literal was announced at the end of its line and refused, or never came. */
export function unfinished(line: string, octets: number, end: Frame["end"] = "refused"): Frame {
  const first = fromLatin1(line);
  return {
    from: "client",
    startMicros: 0,
    endMicros: 0,
    octets: first.length + 2,
    lines: [first, new Uint8Array(0)],
    literals: [
      {
        octets,
        received: 0,
        head: new Uint8Array(0),
        synchronizing: true,
        literal8: false,
        announcedMicros: 0,
        continuedMicros: undefined,
      },
    ],
    end,
    droppedOctets: 0,
  };
}
