/**
 * offlineimap: Python's imaplib2 on several connections, every mailbox into a maildir tree. With STARTTLS it speaks TLS 1.0
 * only, which no server here does.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../process.ts";
import { type Client, maildirName, mustEnd, type Target, treeDigests } from "./client.ts";

export const offlineimap: Client = {
  name: "offlineimap",
  run: async (target) => {
    const mail = join(target.home, "mail");
    await mkdir(mail);
    await writeFile(join(target.home, "offlineimaprc"), configuration(target, mail));
    const sync = async () => {
      const args = ["-o", "-u", "quiet", "-c", join(target.home, "offlineimaprc")];
      mustEnd("offlineimap", await run("offlineimap", args, { env: { HOME: target.home } }));
    };
    await sync();
    const pulled = await treeDigests(mail, maildirName);
    await writeFile(
      join(mail, "INBOX/new/1700000000_0.1.test"),
      "Subject: pushed\n\nPushed by offlineimap.\n",
    );
    await sync();
    return { pulled, pushed: await treeDigests(mail, maildirName) };
  },
};

const configuration = (target: Target, mail: string): string => `
[general]
accounts = main
metadata = ${target.home}/metadata
maxsyncaccounts = 1
fsync = False

[Account main]
localrepository = local
remoterepository = remote

[Repository local]
type = Maildir
localfolders = ${mail}
sep = /

[Repository remote]
type = IMAP
remotehost = ${target.host}
remoteport = ${target.port}
remoteuser = ${target.user}
remotepass = ${target.password}
ssl = ${target.transport === "tls" ? "yes" : "no"}
starttls = no
${target.transport === "tls" ? `sslcacertfile = ${target.caFile}` : ""}
maxconnections = 3
createfolders = False
`;
