/**
 * Records the capture that the tests of test/interop/languages replay: a reader that marks what is new as read, on a real Dovecot.
 *
 *     node --import tsx test/interop/record-inbox.ts [FILE]
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { ImapSession } from "./imap-session.ts";
import { startProxy } from "./imapscope.ts";
import type { Mailbox, Message } from "./mail.ts";
import { dovecot } from "./servers/dovecot.ts";
import { PASSWORD, USER } from "./servers/server.ts";
import { makeWorkplace } from "./stores.ts";

const DEFAULT_FILE = fileURLToPath(new URL("languages/inbox.imapcap", import.meta.url));

function letter(subject: string, day: number, flags: readonly string[]): Message {
  const octets = Buffer.from(
    `From: Mina Okada <mina@example.org>\r\nTo: Alice <alice@example.org>\r\nSubject: ${subject}\r\n` +
      `Date: ${day} Jan 2024 08:10:00 +0000\r\nMessage-ID: <${day}@example.org>\r\n\r\nHello.\r\n`,
  );
  return { octets, flags, date: `${day}-Jan-2024 08:10:00 +0000` };
}

const INBOX: Mailbox = {
  path: ["INBOX"],
  messages: [
    letter("Welcome", 10, ["\\Seen"]),
    letter("Lunch on Thursday?", 11, []),
    letter("Minutes", 12, ["\\Seen", "\\Answered"]),
    letter("Release notes for 2.4", 13, []),
  ],
};

const workplace = await makeWorkplace(dovecot, [INBOX]);
const server = await workplace.startServer();
try {
  const folder = await workplace.newFolder("imapscope");
  const dial = ["--connect", `127.0.0.1:${server.plainPort}`];
  const proxy = await startProxy("imap://localhost", workplace.certificates.ca, folder, dial);
  try {
    const reader = await ImapSession.open(proxy.plainPort, USER, PASSWORD);
    await reader.command("SELECT INBOX");
    await reader.command("UID SEARCH UNSEEN");
    await reader.command("UID FETCH 2,4 (UID FLAGS INTERNALDATE ENVELOPE)");
    await reader.command("UID STORE 2,4 +FLAGS.SILENT (\\Seen)");
    await reader.close();
  } finally {
    process.stderr.write((await proxy.stop()).stdout);
  }
  const capture = await readFile(proxy.capture, "utf8");
  // As one would with an editor: so that no client asks for extensions that another does not know.
  await writeFile(
    process.argv[2] ?? DEFAULT_FILE,
    capture.replaceAll(/(?<=CAPABILITY IMAP4rev1)[^\]]*/g, " LITERAL+ UIDPLUS"),
  );
} finally {
  await server.stop();
  await workplace.remove();
}
