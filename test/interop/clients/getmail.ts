/** getmail: Python's imaplib, BODY.PEEK[] one message at a time, deletes and expunges what it has fetched. It has no STARTTLS. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { wireName } from "../mail.ts";
import { run } from "../process.ts";
import { type Client, mustEnd, type Target, treeDigests } from "./client.ts";

export const getmail: Client = {
  name: "getmail",
  run: async (target) => {
    await mkdir(join(target.home, "mail"));
    await writeFile(join(target.home, "getmailrc"), configuration(target));
    const { stdout } = mustEnd(
      "getmail",
      await run("getmail", ["--getmaildir", target.home, "--rcfile", "getmailrc"], {
        env: { HOME: target.home },
      }),
    );
    return {
      retrieved: /\d+ messages \(\d+ bytes\) retrieved/.exec(stdout)?.[0],
      mail: await treeDigests(join(target.home, "mail")),
    };
  },
};

/** The account has no backslash, quote or percent sign, so it needs no escaping. Its MDA names a mail by its digest. */
const configuration = (target: Target): string => `
[retriever]
type = SimpleIMAP${target.transport === "tls" ? "SSL" : ""}Retriever
server = ${target.host}
port = ${target.port}
username = ${target.user}
password = ${target.password}
mailboxes = ("INBOX", ${JSON.stringify(wireName(["Projects", "2024"], target.kind))})
${target.transport === "tls" ? `ca_certs = ${target.caFile}` : ""}

[destination]
type = MDA_external
path = /bin/sh
arguments = ("-c", "cd ${target.home}/mail && cat >$$ && mv $$ $(sha256sum <$$ | cut -c1-40)")
allow_root_commands = True
unixfrom = False

[options]
delete = True
delivered_to = False
received = False
verbose = 1
`;
