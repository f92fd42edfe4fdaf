/**
 * The mail that every server is filled with: the same octets in every run. It has what breaks clients and
 * proxies: a message of 30 MB, octets above 127 in three encodings, attachments, nested messages, long lines,
 * every system flag, keywords, and mailboxes named in Cyrillic and Japanese.
 */
import type { ImapSession } from "./imap-session.ts";
import type { ServerKind } from "./servers/server.ts";

export interface Message {
  readonly octets: Buffer;
  readonly flags: readonly string[];
  /** As APPEND wants it. */
  readonly date: string;
}

export interface Mailbox {
  /** The levels of the hierarchy; INBOX is `["INBOX"]`. */
  readonly path: readonly string[];
  readonly messages: readonly Message[];
}

/** The decoded size of the big attachment; the message that carries it has 30 MB and a little. */
const BIG_ATTACHMENT_OCTETS = 22_200_000;
const MANY = 250;
const FLAGS = ["\\Seen", "\\Answered", "\\Flagged", "\\Draft", "$Forwarded", "Wichtig"];

const CYRILLIC = "Отправленные";
const JAPANESE = "受信箱";
const NESTED = ["Projects", "2024", JAPANESE];

/** How much there is of what takes time; the defaults are all of it. */
export interface Amounts {
  readonly bigAttachmentOctets?: number;
  /** Messages in Archive: at least 101, because clients ask for that one. */
  readonly many?: number;
}

/** The whole store, made anew each time it is asked for. */
export function mailboxes(amounts: Amounts = {}): readonly Mailbox[] {
  return [
    { path: ["INBOX"], messages: inbox(amounts.bigAttachmentOctets ?? BIG_ATTACHMENT_OCTETS) },
    { path: ["Archive"], messages: many(amounts.many ?? MANY) },
    {
      path: [CYRILLIC],
      messages: [message(301, { subject: encodedWord("Отчёт за год") }), message(302, {})],
    },
    {
      path: [JAPANESE],
      messages: [message(303, { subject: encodedWord("会議の議事録") }), message(304, {})],
    },
    { path: ["Projects"], messages: [] },
    { path: ["Projects", "2024"], messages: [message(305, {})] },
    { path: NESTED, messages: [message(306, {})] },
    { path: ["Bits & pieces"], messages: [message(307, {})] },
  ];
}

function inbox(bigAttachmentOctets: number): readonly Message[] {
  return [
    message(1, { body: Buffer.from("Hello,\r\n\r\nthis is plain.\r\n") }),
    message(2, { body: Buffer.from("Всё в восьми битах: Привет, 日本語, ½ €\r\n"), charset: "utf-8" }),
    message(3, { body: Buffer.from("Gr\xfc\xdfe aus K\xf6ln\r\n", "latin1"), charset: "iso-8859-1" }),
    message(4, { body: Buffer.from("\xf0\xd2\xc9\xd7\xc5\xd4\r\n", "latin1"), charset: "koi8-r" }),
    message(5, { body: Buffer.from(`${"a long line without an end ".repeat(180)}\r\n`) }),
    message(6, { body: Buffer.alloc(0) }),
    message(7, {
      body: Buffer.from("{5}\r\nA1 OK not a response\r\n* 1 EXISTS\r\n+ go ahead\r\nDONE\r\n)\r\n"),
    }),
    mixed(8, "Two parts & an attachment", 4_000),
    forwarded(9),
    message(10, { subject: encodedWord("Протокол «встречи» от 3 мая") }),
    message(11, { body: Buffer.from("Every\r\nline\r\nis\r\nshort\r\n.\r\n..\r\n") }),
    mixed(12, "A photograph", 700_000),
    mixed(13, "The 30 MB message", bigAttachmentOctets),
    ...Array.from({ length: 17 }, (_, index) => message(14 + index, {})),
  ];
}

const many = (count: number): readonly Message[] =>
  Array.from({ length: count }, (_, index) => message(1000 + index, {}));

const encodedWord = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString("base64")}?=`;

interface Parts {
  readonly subject?: string;
  readonly body?: Buffer;
  readonly charset?: string;
}

function message(index: number, { subject, body, charset }: Parts): Message {
  const text = body ?? Buffer.from(`Message ${index}.\r\n${"Some more words.\r\n".repeat(index % 40)}`);
  const type = `Content-Type: text/plain; charset=${charset ?? "us-ascii"}\r\nContent-Transfer-Encoding: 8bit\r\n`;
  return stored(index, Buffer.concat([Buffer.from(`${header(index, subject)}${type}\r\n`), text]));
}

function mixed(index: number, subject: string, attachmentOctets: number): Message {
  const attachment = pseudoRandom(attachmentOctets, index).toString("base64").replace(/.{76}/g, "$&\r\n");
  const text =
    `${header(index, subject)}Content-Type: multipart/mixed; boundary="=_b${index}"\r\n\r\n` +
    `A preamble.\r\n--=_b${index}\r\nContent-Type: multipart/alternative; boundary="=_a${index}"\r\n\r\n` +
    `--=_a${index}\r\nContent-Type: text/plain\r\n\r\nSee the attachment.\r\n` +
    `--=_a${index}\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n<p>See the <b>attachment</b>.</p>\r\n` +
    `--=_a${index}--\r\n\r\n--=_b${index}\r\nContent-Type: application/octet-stream; name="data (1).bin"\r\n` +
    `Content-Disposition: attachment; filename="data (1).bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n` +
    `${attachment}\r\n--=_b${index}--\r\n`;
  return stored(index, Buffer.from(text));
}

function forwarded(index: number): Message {
  const inner = `${header(9000, "An inner message")}\r\nInner text.\r\n`;
  const text =
    `${header(index, 'Fwd: a "quoted" \\ subject')}Content-Type: multipart/mixed; boundary="=_f"\r\n\r\n` +
    `--=_f\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--=_f--\r\n`;
  return stored(index, Buffer.from(text));
}

function header(index: number, subject = `Message number ${index}`): string {
  const day = String((index % 28) + 1).padStart(2, "0");
  return (
    `From: "Sender ${index % 7}" <sender${index % 7}@example.org>\r\nTo: Alice <alice@example.org>\r\n` +
    `Subject: ${subject}\r\nDate: ${day} Mar 2024 10:00:00 +0000\r\n` +
    `Message-ID: <${index}@example.org>\r\nMIME-Version: 1.0\r\n`
  );
}

function stored(index: number, octets: Buffer): Message {
  const day = String((index % 28) + 1).padStart(2, "0");
  const flags = FLAGS.filter((_, bit) => ((index * 7) >> bit) % 2 === 1);
  return { octets, flags, date: `${day}-Mar-2024 10:00:00 +0000` };
}

/** Octets that do not compress, the same for the same seed (xorshift). */
function pseudoRandom(octets: number, seed: number): Buffer {
  const bytes = Buffer.alloc(octets);
  let state = seed * 2_654_435_761 || 1;
  for (let index = 0; index + 4 <= octets; index += 4) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes.writeInt32LE(state | 0, index);
  }
  return bytes;
}

/** A mailbox name as `kind` spells it on the wire, in modified UTF-7 (RFC 3501 §5.1.3). */
export function wireName(path: readonly string[], kind: ServerKind): string {
  if (path.length === 1 && path[0] === "INBOX") return "INBOX";
  return modifiedUtf7(kind.prefix + path.join(kind.separator));
}

export function modifiedUtf7(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => {
    if (run === "&") return "&-";
    const base64 = Buffer.from(run, "utf16le").swap16().toString("base64");
    return `&${base64.replace(/=+$/, "").replaceAll("/", ",")}-`;
  });
}

/** Fills an empty server with these mailboxes. */
export async function fill(session: ImapSession, kind: ServerKind, all: readonly Mailbox[]): Promise<void> {
  for (const { path, messages } of all) {
    const name = wireName(path, kind);
    if (name !== "INBOX") await session.command(`CREATE "${name}"`);
    await session.command(`SUBSCRIBE "${name}"`);
    for (const { octets, flags, date } of messages) {
      await session.command(`APPEND "${name}" (${flags.join(" ")}) "${date}"`, octets);
    }
  }
}

/**
 * What a server holds, one line a message: mailbox, UID, size and flags. Two runs of a client that did the
 * same leave the same listing.
 */
export async function listing(session: ImapSession): Promise<string> {
  const lines: string[] = [];
  const names = [...(await session.command('LIST "" "*"')).matchAll(/^\* LIST \([^)]*\) \S+ (.*)\r$/gm)];
  for (const name of names.map((match) => match[1] ?? "").sort()) {
    lines.push(name);
    await session.command(`EXAMINE ${name}`);
    const fetched = await session.command("UID FETCH 1:* (UID FLAGS RFC822.SIZE)");
    for (const [, data = ""] of fetched.matchAll(/^\* \d+ FETCH \((.*)\)\r$/gm)) {
      const flags =
        /FLAGS \(([^)]*)\)/
          .exec(data)?.[1]
          ?.split(" ")
          .filter((flag) => flag !== "\\Recent") ?? [];
      const uid = /UID (\d+)/.exec(data)?.[1];
      lines.push(`  ${uid} ${/RFC822\.SIZE (\d+)/.exec(data)?.[1]} ${flags.sort().join(" ")}`);
    }
  }
  return lines.join("\n");
}
