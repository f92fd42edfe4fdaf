/** A literal beneath its line: the mail that it is, decoded, or its text, as far as its octets were kept. */
import { displayText, latin1 } from "../../core/base/octets.ts";
import type { Literal } from "../../core/imap/frame.ts";
import { cutUnits } from "../../core/text/cells.ts";
import { formatOctets, groupDigits } from "../../core/text/octets.ts";
import { type Line, span } from "../view/style.ts";
import type { LiteralSort } from "./literals.ts";
import type { DecodedMail, MailHeader } from "./mail.ts";
import { rangeLabel, type Writer } from "./writer.ts";

/** Headers that people look for, in the order in which they look. */
const IMPORTANT: readonly string[] = [
  "subject",
  "from",
  "to",
  "cc",
  "bcc",
  "date",
  "reply-to",
  "sender",
  "content-type",
  "content-transfer-encoding",
  "content-disposition",
  "message-id",
  "in-reply-to",
];
/** Headers that are read; a kept head holds no more than some hundred of them. */
const HEADERS_READ = 500;
const HEADER_LINES = 3;
/** Lines that one line of a mail may take. */
const TEXT_LINES = 20;
const PREVIEW_UNITS = 200;
/** Octets of the head in which a subject is looked for before it is decoded. */
const PREVIEW_OCTETS = 4096;

/** Stands before every line of a literal: no text of a mail can pass for a line of the dialogue. */
const BAR = span("│ ", "faint");
const UNDER: Line = [BAR, span("  ")];

/** What tells one literal from another while it is folded: the subject of a mail, or how a text begins. */
export function previewOf(
  literal: Literal,
  sort: LiteralSort,
  decodeWords: (text: string) => string,
): string {
  const head = literal.head.subarray(0, PREVIEW_OCTETS);
  if (sort === "mail") {
    const [, subject] = /^subject:[ \t]*((?:.*)(?:\r?\n[ \t].*){0,4})/im.exec(displayText(head)) ?? [];
    if (subject !== undefined)
      return cutUnits(decodeWords(subject.replace(/\r?\n[ \t]+/g, " ").trim()), PREVIEW_UNITS);
  }
  const [first = ""] = displayText(head).trimStart().split(/\r?\n/, 1);
  return cutUnits(first, PREVIEW_UNITS);
}

/** Everything known of the literal; `mail` once it is decoded. */
export function writeLiteral(
  writer: Writer,
  literal: Literal,
  fold: string,
  sort: LiteralSort,
  mail: DecodedMail | undefined,
): void {
  if (writer.options.hidden) writer.line([BAR, span("content is hidden", "faint")]);
  else if (mail !== undefined && mail.headers.length > 0) writeMail(writer, fold, mail);
  else {
    if (sort === "mail" && mail === undefined)
      writer.line([BAR, span("as it came, until it is decoded:", "faint")]);
    writeText(writer, fold, displayText(literal.head));
  }
  writer.line([BAR, span(keptWords(literal), "faint")]);
}

function writeMail(
  writer: Writer,
  fold: string,
  { headers, text, fromHtml, attachments }: DecodedMail,
): void {
  const read = headers.slice(0, HEADERS_READ);
  const first = IMPORTANT.flatMap((name) => read.filter((header) => header.name.toLowerCase() === name));
  const rest = read.filter(({ name }) => !IMPORTANT.includes(name.toLowerCase()));
  for (const header of first) writeHeader(writer, header);
  if (rest.length > 0) {
    const more = first.length === 0 ? "headers" : "more headers";
    writer.fold(
      `${fold}/headers`,
      [span(`${rest.length} ${more}`, "faint")],
      (inner) =>
        inner.each(`${fold}/headers`, rest.length, rangeLabel("headers"), (one, place) => {
          const header = rest[place];
          if (header !== undefined) writeHeader(one, header);
        }),
      { opened: first.length === 0 },
    );
  }
  if (text !== undefined && text !== "") {
    writer.line([BAR]);
    if (fromHtml) writer.line([BAR, span("made of HTML:", "faint")]);
    writeText(writer, fold, text);
  }
  for (const { name, type, octets } of attachments.slice(0, 50)) {
    writer.text(
      [BAR, span("+ ", "faint")],
      `${type}${name === undefined ? "" : ` ${name}`}, ${groupDigits(octets)} octets of it`,
      "literal",
      { lines: 2, under: UNDER },
    );
  }
}

function writeHeader(writer: Writer, { name, value }: MailHeader): void {
  writer.text([BAR, span(`${cutUnits(name, 60)}: `, "heading")], value, "plain", {
    lines: HEADER_LINES,
    under: UNDER,
  });
}

function writeText(writer: Writer, fold: string, text: string): void {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  writer.each(`${fold}/text`, lines.length, rangeLabel("lines"), (inner, place) =>
    inner.text([BAR], lines[place] ?? "", "literal", { lines: TEXT_LINES, under: [BAR] }),
  );
}

function keptWords({ octets, received, head }: Literal): string {
  const came = received === octets ? "" : `, of which ${groupDigits(received)} came`;
  if (head.length === octets) return `all of its ${groupDigits(octets)} octets`;
  const kept = head.length === 0 ? "none" : `the first ${groupDigits(head.length)}`;
  return `${kept} of ${groupDigits(octets)} octets kept${came}${head.length === 0 ? "" : ": it ends here"}`;
}

/** The line of a folded literal. */
export function literalLine(literal: Literal, sort: LiteralSort, writer: Writer, arrival: string): Line {
  const { hidden, decodeWords } = writer.options;
  const size = span(`{${groupDigits(literal.octets)}}${arrival} `, "literal");
  if (hidden) return [size];
  const what =
    sort === "mail"
      ? "mail"
      : isText(literal.head)
        ? "text"
        : `data, ${formatOctets(literal.head.length)} kept`;
  return [size, span(`${what}: `, "faint"), span(previewOf(literal, sort, decodeWords), "literal")];
}

/** Whether octets can be read at all: no NUL among them. */
function isText(head: Uint8Array): boolean {
  return !latin1(head, 0, Math.min(head.length, 512)).includes("\0");
}
