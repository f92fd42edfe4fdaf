/** mbsync: pulls the whole store with thousands of pipelined commands, then pushes changes made locally. */
import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../process.ts";
import { type Client, maildirName, mustEnd, type Target, treeDigests } from "./client.ts";

export const mbsync: Client = {
  name: "mbsync",
  compresses: true,
  run: async (target) => {
    const mail = join(target.home, "mail");
    await mkdir(mail);
    await writeFile(join(target.home, "mbsyncrc"), configuration(target, mail));
    await sync(target);
    const pulled = await treeDigests(mail, maildirName);
    await flagAll(join(mail, "INBOX/cur"));
    await writeFile(join(mail, "Archive/new/1700000000.1.test"), "Subject: pushed\n\nPushed by mbsync.\n");
    await sync(target);
    return { pulled, pushed: await treeDigests(mail, maildirName) };
  },
};

async function sync(target: Target): Promise<void> {
  const args = ["-c", join(target.home, "mbsyncrc"), "-a", "-q"];
  mustEnd("mbsync", await run("mbsync", args, { env: { HOME: target.home } }));
}

/** Marks every third message as answered, as a mail reader on the maildir would. */
async function flagAll(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [base = "", flags = ""] = name.split(":2,");
    const uid = Number(/,U=(\d+)/.exec(base)?.[1] ?? 0);
    const all = [...new Set([...flags, "R"])].sort().join("");
    if (uid % 3 === 0) await rename(join(folder, name), join(folder, `${base}:2,${all}`));
  }
}

const SSL_TYPE = { tls: "IMAPS", startTls: "STARTTLS", plain: "None" } as const;

const configuration = (target: Target, mail: string): string => `
IMAPAccount server
Host ${target.host}
Port ${target.port}
User ${target.user}
Pass ${target.password}
SSLType ${SSL_TYPE[target.transport]}
SystemCertificates no
CertificateFile ${target.caFile}

IMAPStore remote
Account server

MaildirStore local
Path ${mail}/
Inbox ${mail}/INBOX
SubFolders Verbatim

Channel all
Far :remote:
Near :local:
Patterns *
Create Near
Expunge None
SyncState *
`;
