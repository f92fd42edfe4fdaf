/**
 * Records demo/mailbox.imapcap anew, and demo/mutt.imapcap, which is the part of it that mutt had: several real clients look at a real Dovecot, with imapscope in between, and change nothing,
 * so that whoever connects to the demo finds much of what may be asked. Needs what install.sh installs, and a build.
 *
 *     node --import tsx test/interop/record-demo-mailbox.ts
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ImapFlow } from "imapflow";
import { mustEnd } from "./clients/client.ts";
import { DEMO_MAIL } from "./demo-mail.ts";
import { MAIN, type RunningProxy, startProxy } from "./imapscope.ts";
import { run } from "./process.ts";
import { dovecot } from "./servers/dovecot.ts";
import { PASSWORD, USER } from "./servers/server.ts";
import { makeWorkplace, type Workplace } from "./stores.ts";

const HERE = dirname(fileURLToPath(import.meta.url));
const DEMO = join(HERE, "../../demo");

type Look = (proxy: RunningProxy, home: string) => Promise<void>;

/** Each URL and command is a connection of its own. */
const CURL: readonly (readonly [path: string, command?: string])[] = [
  [""],
  ["INBOX", "EXAMINE INBOX"],
  ["INBOX?UNSEEN"],
  ["INBOX;UID=1"],
  ["INBOX", "FETCH 1:* (FLAGS ENVELOPE)"],
];

const curl: Look = async ({ tlsPort, caFile }, home) => {
  for (const [path, command] of CURL) {
    const request = command === undefined ? [] : ["-X", command];
    const access = ["--cacert", caFile, "--login-options", "AUTH=PLAIN", "-u", `${USER}:${PASSWORD}`];
    const url = `imaps://localhost:${tlsPort}/${path}`;
    mustEnd(`curl ${path}`, await run("curl", ["-sS", ...access, ...request, url], { env: { HOME: home } }));
  }
};

const python: Look = async ({ tlsPort, caFile }) => {
  const args = [join(HERE, "clients/look-around.py"), String(tlsPort), caFile, USER];
  mustEnd("python", await run("/usr/bin/python3", args, { input: `${PASSWORD}\n` }));
};

/** Opens INBOX to read, and shows its first mail and its last. */
const mutt: Look = async ({ tlsPort, caFile }, home) => {
  const url = `imaps://${USER}@localhost:${tlsPort}/`;
  const file = join(home, "muttrc");
  await writeFile(
    file,
    `set imap_user="${USER}" imap_pass="${PASSWORD}" folder="${url}" spoolfile="${url}INBOX" ssl_force_tls=yes
set certificate_file="${caFile}" ssl_ca_certificates_file="${caFile}" tmpdir="${home}"
set record="" postponed="" mbox="" header_cache="" message_cachedir="" move=no quit=yes sleep_time=0 wait_key=no beep=no
`,
  );
  const keys = "<first-entry><display-message><exit><last-entry><display-message><exit><quit>";
  const args = [join(HERE, "clients/terminal.py"), "mutt", "-R", "-F", file, "-f", `${url}INBOX`];
  mustEnd("mutt", await run("/usr/bin/python3", [...args, "-e", `push '${keys}'`], { env: { HOME: home } }));
};

const mbsync: Look = async ({ tlsPort, caFile }, home) => {
  await mkdir(join(home, "mail"));
  await writeFile(
    join(home, "mbsyncrc"),
    `IMAPStore remote
Host localhost
Port ${tlsPort}
User ${USER}
Pass ${PASSWORD}
SSLType IMAPS
SystemCertificates no
CertificateFile ${caFile}

MaildirStore local
Path ${home}/mail/
Inbox ${home}/mail/INBOX
SubFolders Verbatim

Channel all
Far :remote:
Near :local:
Patterns *
Create Near
Sync Pull
SyncState *
`,
  );
  const args = ["-c", join(home, "mbsyncrc"), "-a", "-q"];
  mustEnd("mbsync", await run("mbsync", args, { env: { HOME: home } }));
};

const imapflow: Look = async ({ tlsPort, caFile }) => {
  const client = new ImapFlow({
    ...{ host: "localhost", port: tlsPort, secure: true, tls: { ca: await readFile(caFile, "utf8") } },
    auth: { user: USER, pass: PASSWORD },
    ...{ disableAutoIdle: true, disableCompression: true, logger: false },
  });
  await client.connect();
  await client.list();
  await client.list({ statusQuery: { messages: true, unseen: true } });
  await client.mailboxOpen("INBOX");
  for await (const _ of client.fetch("1:*", { envelope: true, flags: true, bodyStructure: true })) {
    // As for a list of messages.
  }
  await client.fetchOne("1", { source: true, envelope: true }, { uid: true });
  await client.logout();
};

async function record(workplace: Workplace): Promise<void> {
  const server = await workplace.startServer();
  try {
    const dial = ["--connect", `127.0.0.1:${server.tlsPort}`];
    const folder = await workplace.newFolder("imapscope");
    const proxy = await startProxy("imaps://imap.example.org", workplace.certificates.ca, folder, dial);
    try {
      // Who is which connection counts below.
      for (const look of [python, curl, mutt, mbsync, imapflow]) {
        await look(proxy, await workplace.newFolder("client"));
      }
    } finally {
      process.stderr.write((await proxy.stop()).stdout);
    }
    const file = join(DEMO, "mailbox.imapcap");
    await writeFile(file, await readFile(proxy.capture));
    const ofMutt = ["--connection", String(1 + CURL.length + 1)];
    const slice = [MAIN, "slice", file, join(DEMO, "mutt.imapcap"), "--force", ...ofMutt];
    mustEnd("slice", await run(process.execPath, slice));
  } finally {
    await server.stop();
  }
}

const workplace = await makeWorkplace(dovecot, DEMO_MAIL);
try {
  await record(workplace);
} finally {
  await workplace.remove();
}
