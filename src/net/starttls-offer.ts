/**
 * Where imapscope puts its own offer of STARTTLS: a client that is set to STARTTLS looks for it in the lists of
 * capabilities, and a server that is spoken to over TLS does not offer it. One word goes in, nothing is taken out or held
 * back.
 */
import { latin1 } from "../core/base/octets.ts";
import { createFramer } from "../core/imap/framer.ts";
import { isFreeText } from "../core/imap/free-text.ts";

/** An untagged CAPABILITY, or one as the code of the greeting or another untagged OK (RFC 9051 §7.1, §7.2.2). */
const LIST = /^\* (?:OK \[)?CAPABILITY(?= )/i;
const OFFERED = / STARTTLS\b/i;

/** More than the longest beginning of a line that has to be seen. */
const BEGINNING_OCTETS = 32;

/** Gives, for each read of the server in turn, the offsets behind the word that begins a list, ascending. */
export function createListFinder(): (bytes: Uint8Array) => readonly number[] {
  let marks: number[] = [];
  /** The beginning of the line so far; `undefined` where the line is known. */
  let beginning: string | undefined = "";
  const framer = createFramer({
    from: "server",
    literalHeadOctets: 0,
    opensLiterals: (line) => !isFreeText(line),
    onAnnounced: () => undefined,
    onFrame: () => {
      beginning = "";
      return true;
    },
    onSegment: ({ kind, bytes, start, end }) => {
      if (kind !== "line" || beginning === undefined) return;
      const before = beginning.length;
      beginning += latin1(bytes, start, Math.min(end, start + BEGINNING_OCTETS));
      const [list] = LIST.exec(beginning) ?? [];
      if (list !== undefined && !OFFERED.test(latin1(bytes, start, end))) {
        marks.push(start + list.length - before);
      }
      if (list !== undefined || beginning.length >= BEGINNING_OCTETS) beginning = undefined;
    },
  });
  return (bytes) => {
    marks = [];
    framer.push(bytes, 0);
    return marks;
  };
}
