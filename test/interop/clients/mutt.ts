/** mutt and neomutt on a terminal of their own: open a mailbox, save what is in it, change, save, and close. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { wireName } from "../mail.ts";
import { run } from "../process.ts";
import { type Client, mustEnd, sha256, type Target } from "./client.ts";

const TERMINAL = fileURLToPath(new URL("terminal.py", import.meta.url));

export const mutt: Client = { name: "mutt", run: (target) => session("mutt", target) };
export const neomutt: Client = { name: "neomutt", run: (target) => session("neomutt", target) };

async function session(program: "mutt" | "neomutt", target: Target) {
  const url = `${target.transport === "tls" ? "imaps" : "imap"}://${target.user}@${target.host}:${target.port}/`;
  await writeFile(join(target.home, "muttrc"), configuration(target, url));
  const saved = join(target.home, "saved");
  const archive = wireName(["Archive"], target.kind);
  const keys =
    `<tag-pattern>~z<900K<enter><tag-prefix><copy-message>${saved}<enter>` +
    `<tag-prefix><clear-flag>*<limit>~s number<enter><delete-pattern>~f sender3<enter><limit>all<enter>` +
    `<first-entry><set-flag>!<copy-message>=${archive}<enter><sync-mailbox>` +
    `<change-folder>=${archive}<enter><last-entry><display-message><exit><search>=b "Message 1100"<enter>` +
    `<quit>`;
  const args = [
    TERMINAL,
    program,
    "-F",
    join(target.home, "muttrc"),
    "-f",
    `${url}INBOX`,
    "-e",
    `push '${keys}'`,
  ];
  const ended = await run("/usr/bin/python3", args, { env: { HOME: target.home }, timeoutMs: 60_000 });
  mustEnd(program, ended);
  return { saved: sha256((await readFile(saved, "latin1")).replace(/^From .*$/gm, "From")) };
}

const configuration = (target: Target, url: string): string => `
set imap_user="${target.user}"
set imap_pass="${target.password}"
set folder="${url}"
set spoolfile="${url}INBOX"
set ssl_starttls=${target.transport === "startTls" ? "yes" : "no"}
set ssl_force_tls=${target.transport === "plain" ? "no" : "yes"}
set certificate_file="${target.caFile}"
set ssl_ca_certificates_file="${target.caFile}"
set record="" postponed="" mbox="" header_cache="" message_cachedir=""
set confirmappend=no confirmcreate=no delete=yes move=no quit=yes
set mbox_type=mbox copy=no sleep_time=0 wait_key=no beep=no mark_old=no
set tmpdir="${target.home}"
`;
