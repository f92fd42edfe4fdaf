/** The mail of the captures in demo/: what a few people write each other, in as many scripts. */
import type { Mailbox, Message } from "./mail.ts";

const PEOPLE = {
  mina: "Mina Okada <mina@example.org>",
  jonas: "Jonas Lind <jonas@example.com>",
  olga: "=?utf-8?Q?=D0=9E=D0=BB=D1=8C=D0=B3=D0=B0?= <olga@example.net>",
  list: "imap-protocol <imap-protocol@lists.example.org>",
} as const;

/** From, subject, flags, text. */
type Letter = readonly [keyof typeof PEOPLE, string, readonly string[], string];

const LETTERS: readonly Letter[] = [
  [
    "mina",
    "Lunch on Thursday?",
    ["\\Seen", "\\Answered"],
    "The place by the river has tables outside again.\r\n",
  ],
  [
    "list",
    "Re: VANISHED and EXPUNGE in one session",
    ["\\Seen"],
    "After ENABLE QRESYNC it is VANISHED only.\r\n",
  ],
  [
    "jonas",
    "Release notes for 2.4",
    ["\\Seen", "\\Flagged"],
    "Draft attached below; comments until Friday.\r\n",
  ],
  ["olga", "=?utf-8?B?0JHQuNC70LXRgtGLINC90LAg0L/QvtC10LfQtA==?=", ["\\Seen"], "Поезд в 9:40, вагон 7.\r\n"],
  ["list", "Literal plus, minus, and none", [], "Who still needs synchronizing literals, and why?\r\n"],
  ["mina", "=?utf-8?B?6K2w5LqL6Yyy?=", [], "議事録を添付します。\r\n"],
  ["jonas", "Re: Release notes for 2.4", [], `Second draft.\r\n\r\n${"- one more fix\r\n".repeat(60)}`],
];

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"];

export function letter([from, subject, flags, text]: Letter, index: number): Message {
  const date = `${String(index + 10)} ${MONTHS[index % 6]} 2024 08:${String(10 + index)}:00 +0000`;
  const header =
    `From: ${PEOPLE[from]}\r\nTo: Alice <alice@example.org>\r\nSubject: ${subject}\r\nDate: ${date}\r\n` +
    `Message-ID: <${1000 + index}@example.org>\r\nMIME-Version: 1.0\r\n` +
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
  return { octets: Buffer.from(header + text), flags, date: date.replace(" ", "-").replace(" ", "-") };
}

export const DEMO_MAIL: readonly Mailbox[] = [
  { path: ["INBOX"], messages: LETTERS.map(letter) },
  { path: ["Archive"], messages: LETTERS.slice(0, 4).map(letter) },
  { path: ["Отправленные"], messages: LETTERS.slice(0, 1).map(letter) },
  { path: ["受信箱"], messages: LETTERS.slice(5, 6).map(letter) },
];
