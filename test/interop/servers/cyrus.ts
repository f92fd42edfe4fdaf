/** Cyrus IMAP from its unpacked package, over a partition and a configuration folder of its own. */
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Certificates } from "../certificates.ts";
import { runOrThrow, start } from "../process.ts";
import { awaitGreeting, freePort, PASSWORD, type ServerKind, UNPACKED, USER } from "./server.ts";

export const cyrus: ServerKind = {
  name: "cyrus",
  prefix: "",
  separator: "/",
  compresses: true,
  start: async (state, certificates) => {
    const [plainPort, tlsPort] = [await freePort(), await freePort()];
    const path = (name: string) => join(state, name);
    for (const name of ["config", "config/proc", "config/socket", "config/db", "config/log", "spool"]) {
      await mkdir(path(name), { recursive: true });
    }
    await chmod(state, 0o755);
    await writeFile(path("imapd.conf"), imapdConfiguration(state, certificates));
    await writeFile(path("cyrus.conf"), masterConfiguration(state, plainPort, tlsPort));
    await runOrThrow("saslpasswd2", ["-p", "-c", "-f", path("sasldb"), "-u", "localhost", USER], {
      input: PASSWORD,
    });
    await runOrThrow("chown", ["-R", "mail:mail", state]);
    const master = start(
      join(UNPACKED, "cyrus/usr/lib/cyrus/bin/master"),
      [
        "-C",
        path("imapd.conf"),
        "-M",
        path("cyrus.conf"),
        "-p",
        path("master.pid"),
        "-L",
        path("config/log/out"),
      ],
      { env: { LD_LIBRARY_PATH: join(UNPACKED, "cyrus/usr/lib/x86_64-linux-gnu") } },
    );
    await awaitGreeting(plainPort, master);
    return {
      plainPort,
      tlsPort,
      log: () => readFile(path("config/log/out"), "utf8").catch(() => ""),
      stop: async () => {
        await master.stop();
      },
    };
  },
};

function imapdConfiguration(state: string, certificates: Certificates): string {
  return `configdirectory: ${state}/config
partition-default: ${state}/spool
defaultpartition: default
servername: localhost
defaultdomain: localhost
cyrus_user: mail
admins: cyrus
autocreate_quota: 1000000
autocreate_inbox_folders: Drafts | Sent | Trash
autocreate_sieve_script: none
xlist-drafts: Drafts
xlist-sent: Sent
xlist-trash: Trash
altnamespace: yes
unixhierarchysep: yes
allowplaintext: yes
allowusermoves: yes
imapidlepoll: 1
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: ${state}/sasldb
sasl_mech_list: PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256
tls_server_cert: ${certificates.certificate}
tls_server_key: ${certificates.key}
tls_server_ca_file: ${certificates.ca}
tls_sessions_db_path: ${state}/config/tls_sessions.db
`;
}

function masterConfiguration(state: string, plainPort: number, tlsPort: number): string {
  const bin = join(UNPACKED, "cyrus/usr/lib/cyrus/bin");
  const options = `-C ${state}/imapd.conf`;
  return `START {
  recover cmd="${bin}/ctl_cyrusdb ${options} -r"
  idled cmd="${bin}/idled ${options}"
}
SERVICES {
  imap cmd="${bin}/imapd ${options}" listen="127.0.0.1:${plainPort}" prefork=0 maxchild=100
  imaps cmd="${bin}/imapd ${options} -s" listen="127.0.0.1:${tlsPort}" prefork=0 maxchild=100
}
EVENTS {
  checkpoint cmd="${bin}/ctl_cyrusdb ${options} -c" period=600
}
`;
}
