/** Dovecot, with every extension that it has switched on, over a maildir of its own. */
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Certificates } from "../certificates.ts";
import { runOrThrow, start } from "../process.ts";
import { awaitGreeting, freePort, PASSWORD, type ServerKind, USER } from "./server.ts";

export const dovecot: ServerKind = {
  name: "dovecot",
  prefix: "",
  separator: "/",
  compresses: true,
  start: async (state, certificates) => {
    const [plainPort, tlsPort] = [await freePort(), await freePort()];
    await mkdir(join(state, "run"), { recursive: true });
    await mkdir(join(state, "home"), { recursive: true });
    await chmod(state, 0o755);
    await writeFile(join(state, "users"), `${USER}:{PLAIN}${PASSWORD}:::::\n`);
    await writeFile(join(state, "dovecot.conf"), configuration(state, certificates, plainPort, tlsPort));
    await runOrThrow("chown", ["-R", "mail:mail", join(state, "home")]);
    const master = start("dovecot", ["-F", "-c", join(state, "dovecot.conf")]);
    await awaitGreeting(plainPort, master);
    return {
      plainPort,
      tlsPort,
      log: () => readFile(join(state, "log"), "utf8"),
      stop: async () => {
        await master.stop("SIGKILL");
      },
    };
  },
};

/** `$` in ports, paths and the account are filled in; all else is as an administrator would write it. */
function configuration(
  state: string,
  certificates: Certificates,
  plainPort: number,
  tlsPort: number,
): string {
  return `
base_dir = ${state}/run
state_dir = ${state}/run
log_path = ${state}/log
protocols = imap
listen = 127.0.0.1
default_login_user = dovenull
default_internal_user = dovecot
first_valid_uid = 1
mail_uid = mail
mail_gid = mail
mail_home = ${state}/home
mail_location = maildir:~/Maildir
mail_plugins = acl quota zlib
mail_attribute_dict = file:%h/attributes
mail_max_userip_connections = 100
mailbox_list_index = no
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256
ssl = yes
ssl_cert = <${certificates.certificate}
ssl_key = <${certificates.key}
imap_metadata = yes
imap_idle_notify_interval = 2 mins
imap_capability = +NOTIFY
passdb {
  driver = passwd-file
  args = scheme=plain username_format=%u ${state}/users
}
userdb {
  driver = static
  args = uid=mail gid=mail home=${state}/home
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    special_use = \\Drafts
    auto = create
  }
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
  mailbox Trash {
    special_use = \\Trash
    auto = create
  }
}
plugin {
  acl = vfile
  quota = maildir:User quota
  quota_rule = *:storage=1G
}
protocol imap {
  mail_plugins = acl quota zlib imap_acl imap_quota imap_zlib
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${plainPort}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
  # No waiting after a wrong password.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap {
  process_limit = 100
}
`;
}
