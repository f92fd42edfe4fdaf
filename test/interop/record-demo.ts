/**
 * Records demo/session.imapcap anew: imapflow before imapscope before a real Dovecot, a few people's mail and a
 * morning's work in a dozen seconds. Needs what install.sh installs, and a build.
 *
 *     node --import tsx test/interop/record-demo.ts [FILE]
 */
import { copyFile, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ImapFlow } from "imapflow";
import { type RunningProxy, startProxy } from "./imapscope.ts";
import type { Mailbox, Message } from "./mail.ts";
import { dovecot } from "./servers/dovecot.ts";
import { PASSWORD, USER } from "./servers/server.ts";
import { makeWorkplace } from "./stores.ts";

const DEFAULT_FILE = join(dirname(fileURLToPath(import.meta.url)), "../../demo/session.imapcap");

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

function letter([from, subject, flags, text]: Letter, index: number): Message {
  const date = `${String(index + 10)} ${MONTHS[index % 6]} 2024 08:${String(10 + index)}:00 +0000`;
  const header =
    `From: ${PEOPLE[from]}\r\nTo: Alice <alice@example.org>\r\nSubject: ${subject}\r\nDate: ${date}\r\n` +
    `Message-ID: <${1000 + index}@example.org>\r\nMIME-Version: 1.0\r\n` +
    "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
  return { octets: Buffer.from(header + text), flags, date: date.replace(" ", "-").replace(" ", "-") };
}

const MAILBOXES: readonly Mailbox[] = [
  { path: ["INBOX"], messages: LETTERS.map(letter) },
  { path: ["Archive"], messages: LETTERS.slice(0, 4).map(letter) },
  { path: ["Отправленные"], messages: LETTERS.slice(0, 1).map(letter) },
  { path: ["受信箱"], messages: LETTERS.slice(5, 6).map(letter) },
];

async function connect(proxy: RunningProxy, tls: boolean, pass: string): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: "localhost",
    port: tls ? proxy.tlsPort : proxy.plainPort,
    secure: tls,
    doSTARTTLS: false,
    auth: { user: USER, pass },
    disableAutoIdle: true,
    tls: { ca: await readFile(proxy.caFile, "utf8") },
    disableCompression: true,
    logger: false,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** A mail reader with INBOX open, and a second one that logs in (at the second try) and delivers a letter. */
async function session(proxy: RunningProxy): Promise<void> {
  const reader = await connect(proxy, true, PASSWORD);
  await reader.list({ statusQuery: { messages: true, unseen: true } });
  await pause(700);
  await reader.mailboxOpen("INBOX");
  for await (const _ of reader.fetch("1:*", {
    envelope: true,
    flags: true,
    size: true,
    bodyStructure: true,
  })) {
    // The headers of the whole mailbox, as for a list of messages.
  }
  await pause(900);
  await reader.fetchOne("7", { source: true }, { uid: true });
  await reader.messageFlagsAdd("7", ["\\Seen"], { uid: true });
  await pause(600);
  await reader.search({ body: "Поезд" }, { uid: true });
  await reader.search({ seen: false }, { uid: true });
  await pause(400);
  const idle = reader.idle();
  await pause(1_200);
  await connect(proxy, false, "an old password").catch(() => undefined);
  await pause(500);
  const writer = await connect(proxy, false, PASSWORD);
  await writer.append("INBOX", letter(["olga", "Re: Lunch", [], "Also coming!\r\n"], 8).octets, []);
  await pause(1_500);
  await writer.mailboxOpen("INBOX");
  await writer.messageFlagsAdd("8", ["\\Flagged"], { uid: true });
  await writer.messageDelete("2", { uid: true });
  await writer.logout();
  await pause(1_000);
  await reader.fetchOne("8", { source: true, envelope: true }, { uid: true });
  await idle;
  await reader.mailboxOpen("Old projects").catch(() => undefined);
  await pause(500);
  await reader.mailboxOpen("INBOX");
  await reader.messageMove("3", "Archive", { uid: true });
  const note = Buffer.from(`Subject: a note to myself\r\n\r\n${"Remember the milk.\r\n".repeat(80)}`);
  await reader.append("Drafts", note, ["\\Draft", "\\Seen"]);
  await pause(300);
  await reader.logout();
}

const workplace = await makeWorkplace(dovecot, MAILBOXES);
const server = await workplace.startServer();
try {
  const folder = await workplace.newFolder("imapscope");
  const dial = ["--connect", `127.0.0.1:${server.tlsPort}`];
  const proxy = await startProxy("imaps://imap.example.org", workplace.certificates.ca, folder, dial);
  try {
    await session(proxy);
  } finally {
    process.stderr.write((await proxy.stop()).stdout);
  }
  await copyFile(proxy.capture, process.argv[2] ?? DEFAULT_FILE);
} finally {
  await server.stop();
  await workplace.remove();
}
