/** curl: a new connection for each request, CRAM-MD5, one message or one custom command at a time. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { modifiedUtf7, wireName } from "../mail.ts";
import { run } from "../process.ts";
import { type Client, mustEnd, sha256, steadyLines, type Target } from "./client.ts";

export const curl: Client = {
  name: "curl",
  run: async (target) => {
    const outcome: Record<string, unknown> = {};
    for (const path of [
      ["INBOX"],
      ["Отправленные"],
      ["受信箱"],
      ["Projects", "2024", "受信箱"],
      ["Bits & pieces"],
    ]) {
      outcome[`UID 1 of ${path.join("/")}`] = await download(target, `${box(target, path)};UID=1`);
    }
    for (const uid of [2, 3, 4, 5, 6, 7, 9, 12, 13]) {
      outcome[`UID ${uid}`] = await download(target, `INBOX;UID=${uid}`);
    }
    outcome["part"] = await download(target, "INBOX;UID=8;SECTION=1.2");
    outcome["list"] = await custom(target, "", 'LIST "" "*"');
    outcome["lsub"] = await custom(target, "", 'LSUB "" "*"');
    outcome["status"] = await custom(
      target,
      "",
      `STATUS "${wireName(["Archive"], target.kind)}" (MESSAGES UNSEEN)`,
    );
    outcome["search"] = await custom(target, "INBOX", "SEARCH FLAGGED UNSEEN");
    outcome["url search"] = await custom(target, "INBOX?FROM%20sender3", undefined);
    outcome["store"] = await custom(target, box(target, ["Archive"]), "STORE 1:20 +FLAGS (\\Deleted)");
    outcome["bad command"] = await custom(target, "", "NONSENSE one two", [21]);
    outcome["no mailbox"] = await custom(target, "nowhere;UID=1", undefined, [67, 78]);
    outcome["wrong password"] = await wrongPassword(target);
    const upload = join(target.home, "upload");
    await writeFile(upload, `Subject: uploaded\r\n\r\n${"An uploaded line.\r\n".repeat(110_000)}`);
    outcome["append"] = await custom(target, box(target, ["Archive"]), undefined, [0], ["-T", upload]);
    return outcome;
  },
};

const box = ({ kind }: Target, path: readonly string[]): string =>
  encodeURIComponent(path[0] === "INBOX" ? "INBOX" : modifiedUtf7(kind.prefix + path.join(kind.separator)));

function request(target: Target, path: string, password: string, options: readonly string[]) {
  const url = `${target.transport === "tls" ? "imaps" : "imap"}://${target.host}:${target.port}/${path}`;
  const startTls = target.transport === "startTls" ? ["--ssl-reqd"] : [];
  const trust = [...startTls, "--cacert", target.caFile, "-u", `${target.user}:${password}`];
  return run("curl", ["-sS", "--max-time", "60", ...trust, ...options, url], { env: { HOME: target.home } });
}

async function download(target: Target, path: string): Promise<string> {
  const file = join(target.home, "download");
  mustEnd(`curl ${path}`, await request(target, path, target.password, ["-o", file]));
  return sha256(await readFile(file));
}

async function custom(
  target: Target,
  path: string,
  command: string | undefined,
  codes: readonly number[] = [0],
  options: readonly string[] = [],
): Promise<readonly string[]> {
  const all = command === undefined ? options : [...options, "-X", command];
  const { code, stdout, stderr } = mustEnd(
    `curl ${path} ${command ?? ""}`,
    await request(target, path, target.password, all),
    codes,
  );
  return [String(code), ...steadyLines(stdout + stderr, target)];
}

async function wrongPassword(target: Target): Promise<readonly string[]> {
  const { code, stderr } = await request(target, "", "not-the-password", []);
  return [String(code), ...steadyLines(stderr, target)];
}
