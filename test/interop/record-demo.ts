/**
 * Records demo/session.imapcap anew: imapflow before imapscope before a real Dovecot, a few people's mail and a
 * morning's work in a dozen seconds. Needs what install.sh installs, and a build.
 *
 *     node --import tsx test/interop/record-demo.ts [FILE]
 *
 * What else stands in demo/ is recorded by record-demo-mailbox.ts.
 */
import { copyFile, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { ImapFlow } from "imapflow";
import { DEMO_MAIL, letter } from "./demo-mail.ts";
import { type RunningProxy, startProxy } from "./imapscope.ts";
import { dovecot } from "./servers/dovecot.ts";
import { PASSWORD, USER } from "./servers/server.ts";
import { makeWorkplace } from "./stores.ts";

const DEFAULT_FILE = join(dirname(fileURLToPath(import.meta.url)), "../../demo/session.imapcap");

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

const workplace = await makeWorkplace(dovecot, DEMO_MAIL);
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
