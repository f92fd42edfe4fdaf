/** fetchmail: header and text of every message in separate FETCHes, then STORE \Deleted and EXPUNGE. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { wireName } from "../mail.ts";
import { run } from "../process.ts";
import { type Client, mustEnd, type Target, treeDigests } from "./client.ts";

export const fetchmail: Client = {
  name: "fetchmail",
  run: async (target) => {
    await mkdir(join(target.home, "mail"));
    const file = join(target.home, "fetchmailrc");
    await writeFile(file, configuration(target), { mode: 0o600 });
    const options = { env: { HOME: target.home, FETCHMAILHOME: target.home } };
    const ended = await run(
      "fetchmail",
      ["-f", file, "--nosyslog", "--pidfile", join(target.home, "pid")],
      options,
    );
    const { stdout } = mustEnd("fetchmail", ended);
    return {
      lines: stdout.split("\n").filter((line) => / messages? /.test(line)),
      mail: await treeDigests(join(target.home, "mail")),
    };
  },
};

/** An empty `sslproto` keeps fetchmail from STARTTLS, any other asks for it. */
const TLS = { tls: "ssl", startTls: 'sslproto "TLS1.2+"', plain: 'sslproto ""' } as const;

const configuration = (target: Target): string => `
set invisible
poll ${target.host} protocol IMAP service ${target.port}
  user "${target.user}" password "${target.password}"
  ${TLS[target.transport]} ${target.transport === "plain" ? "" : `sslcertck sslcertfile "${target.caFile}"`}
  folder INBOX, "${wireName(["Projects", "2024"], target.kind)}"
  fetchall no rewrite
  mda "/bin/sh -c 'cd ${target.home}/mail; cat >$$; mv $$ $(sha256sum <$$ | cut -c1-40)'"
`;
