/**
 * Courier IMAP from its unpacked package. Its paths are compiled in, so it runs in a mount namespace of its
 * own, in which /etc/courier, /run/courier and /usr/lib/courier-authlib are folders of the test.
 */
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Certificates } from "../certificates.ts";
import { runOrThrow, start } from "../process.ts";
import { awaitGreeting, freePort, PASSWORD, type ServerKind, UNPACKED, USER } from "./server.ts";

const COURIER = join(UNPACKED, "courier");

export const courier: ServerKind = {
  name: "courier",
  prefix: "INBOX.",
  separator: ".",
  compresses: false,
  start: async (state, certificates) => {
    const [plainPort, tlsPort] = [await freePort(), await freePort()];
    for (const name of ["etc", "run/authdaemon", "home"]) {
      await mkdir(join(state, name), { recursive: true });
    }
    for (const point of ["/etc/courier", "/run/courier", "/usr/lib/courier-authlib"]) {
      await mkdir(point, { recursive: true });
    }
    await chmod(state, 0o755);
    await writeFile(
      join(state, "etc/authdaemonrc"),
      'authmodulelist="authuserdb"\ndaemons=3\nauthdaemonvar=/run/courier/authdaemon\nDEBUG_LOGIN=0\n',
    );
    await writeFile(join(state, "start.sh"), script(state, certificates, plainPort, tlsPort), {
      mode: 0o755,
    });
    await runOrThrow("chown", ["-R", "mail:mail", join(state, "home")]);
    const shell = start(
      "unshare",
      ["--mount", "--pid", "--fork", "--kill-child", "bash", join(state, "start.sh")],
      {
        env: { LD_LIBRARY_PATH: `${COURIER}/usr/lib:${COURIER}/usr/lib/courier-authlib` },
      },
    );
    await awaitGreeting(plainPort, shell);
    return {
      plainPort,
      tlsPort,
      log: async () => shell.output().stderr + shell.output().stdout,
      stop: async () => {
        await shell.stop("SIGKILL");
      },
    };
  },
};

/**
 * What an administrator's start script does, in the foreground. couriertcpd keeps serving while this shell
 * waits; when the shell is killed its whole process namespace ends with it.
 */
function script(state: string, certificates: Certificates, plainPort: number, tlsPort: number): string {
  const capabilities =
    "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE";
  return `set -euo pipefail
mount --bind ${state}/etc /etc/courier
mount --bind ${state}/run /run/courier
mount --bind ${COURIER}/usr/lib/courier-authlib /usr/lib/courier-authlib
chmod 755 /run/courier/authdaemon
# Behind STARTTLS couriertls becomes the user whom installing the package would make.
for file in passwd group; do cp /etc/$file ${state}/$file; done
echo "courier:x:$(id -u mail):$(id -g mail)::/nonexistent:/usr/sbin/nologin" >>${state}/passwd
echo "courier:x:$(id -g mail):" >>${state}/group
for file in passwd group; do mount --bind ${state}/$file /etc/$file; done

password=$(printf '%s' '${PASSWORD}' | openssl passwd -1 -stdin)
hmac=$(printf '%s\n' '${PASSWORD}' | ${COURIER}/usr/sbin/userdbpw -hmac-md5)
record="uid=$(id -u mail)|gid=$(id -g mail)|home=${state}/home|mail=${state}/home/Maildir"
makedat=${COURIER}/usr/lib/courier/courier-authlib/makedatprog
printf '${USER}\t%s\n.\n' "$record" | $makedat - /etc/courier/userdb.tmp /etc/courier/userdb.dat
printf '${USER}\tsystempw=%s|hmac-md5pw=%s\n.\n' "$password" "$hmac" |
  $makedat - /etc/courier/userdbshadow.tmp /etc/courier/userdbshadow.dat
if [ ! -d ${state}/home/Maildir ]; then
  ${COURIER}/usr/bin/maildirmake.courier ${state}/home/Maildir
  chown -R mail:mail ${state}/home
fi

export IMAP_CAPABILITY="${capabilities} AUTH=CRAM-MD5 AUTH=PLAIN"
export IMAP_CAPABILITY_TLS="$IMAP_CAPABILITY" IMAP_EMPTYTRASH= IMAP_KEYWORDS=1 IMAP_ACL=1
export IMAP_CHECK_ALL_FOLDERS=0 IMAP_USELOCKS=1 IMAP_IDLE_TIMEOUT=60 IMAP_ENHANCEDIDLE=0
export MAXDAEMONS=40 MAXPERIP=40 MAILDIRPATH=Maildir AUTHMODULES=authdaemon
export COURIERTLS=${COURIER}/usr/bin/couriertls
export TLS_CERTFILE=${certificates.server} TLS_VERIFYPEER=NONE TLS_TRUSTCERTS= TLS_CACHEFILE=
${COURIER}/usr/lib/courier/courier-authlib/authdaemond &
limits="-maxprocs=100 -maxperip=100 -nodnslookup -noidentlookup"
login="${COURIER}/usr/lib/courier/courier/imaplogin ${COURIER}/usr/bin/imapd Maildir"
IMAP_TLS=1 IMAP_STARTTLS=NO ${COURIER}/usr/sbin/couriertcpd -address=127.0.0.1 $limits ${tlsPort} \
  ${COURIER}/usr/bin/couriertls -server -tcpd $login &
IMAP_STARTTLS=YES ${COURIER}/usr/sbin/couriertcpd -address=127.0.0.1 $limits ${plainPort} $login &
wait
`;
}
