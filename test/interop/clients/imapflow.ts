/** imapflow: ID, ENABLE, COMPRESS, LIST-STATUS, non-synchronizing literals, IDLE with a push, MOVE. */
import { readFile } from "node:fs/promises";
import { ImapFlow } from "imapflow";
import { type Client, sha256, type Target } from "./client.ts";

export const imapflow: Client = {
  name: "imapflow",
  compresses: true,
  run: (target) => session(target, true),
};

/** Without COMPRESS, so that the whole of the session can be read. */
export const imapflowPlainStream: Client = {
  name: "imapflow-uncompressed",
  run: (target) => session(target, false),
};

async function open(target: Target, compress: boolean): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: target.host,
    port: target.port,
    secure: target.transport === "tls",
    doSTARTTLS: target.transport === "startTls",
    servername: "localhost",
    auth: { user: target.user, pass: target.password },
    tls: { ca: await readFile(target.caFile, "utf8") },
    disableCompression: !compress,
    logger: false,
    emitLogs: false,
    socketTimeout: 60_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function session(target: Target, compress: boolean) {
  const outcome: Record<string, unknown> = {};
  const name = (...path: string[]) => target.kind.prefix + path.join(target.kind.separator);
  const client = await open(target, compress);
  try {
    const list = await client.list({ statusQuery: { messages: true, unseen: true } });
    outcome["list"] = list
      .map(({ path, flags, specialUse, status }) => [
        path,
        [...flags].sort(),
        specialUse,
        status?.messages,
        status?.unseen,
      ])
      .sort((left, right) => String(left[0]).localeCompare(String(right[0])));
    const lock = await client.getMailboxLock("INBOX");
    try {
      outcome["search"] = await client.search({ seen: true, larger: 1000 }, { uid: true });
      outcome["search text"] = await client.search({ body: "Привет" }, { uid: true });
      const messages: unknown[] = [];
      for await (const message of client.fetch("1:*", {
        envelope: true,
        bodyStructure: true,
        flags: true,
        size: true,
      })) {
        const { uid, envelope, bodyStructure, flags, size } = message;
        messages.push([uid, envelope, bodyStructure, [...(flags ?? [])].sort(), size]);
      }
      outcome["messages"] = sha256(JSON.stringify(messages));
      for (const uid of ["2", "7", "12", "13"]) {
        const { content } = await client.download(uid, undefined, { uid: true, chunkSize: 1_000_000 });
        const chunks: Buffer[] = [];
        for await (const chunk of content ?? []) chunks.push(Buffer.from(chunk));
        outcome[`download ${uid}`] = sha256(Buffer.concat(chunks));
      }
      outcome["flags"] = await client.messageFlagsAdd("1:5", ["\\Flagged", "$Label2"], { uid: true });
      const moved = await client.messageMove("20:22", name("Archive"), { uid: true });
      outcome["moved"] = moved === false ? false : [...(moved.uidMap ?? [])];
      const copied = await client.messageCopy("1:3", name("受信箱"), { uid: true });
      outcome["copied"] = copied === false ? false : [...(copied.uidMap ?? [])];
    } finally {
      lock.release();
    }
    await client.mailboxCreate(name("Новая папка"));
    const literal = Buffer.from(`Subject: appended\r\n\r\n${"An appended line.\r\n".repeat(20_000)}`);
    const appended = await client.append(
      name("Новая папка"),
      literal,
      ["\\Seen"],
      new Date("2024-04-01T10:00:00Z"),
    );
    outcome["appended"] = appended !== false && appended.uid;
    const status = await client.status(name("Новая папка"), { messages: true, uidNext: true });
    outcome["status"] = status !== false && [status.messages, status.uidNext];
    outcome["refused"] = await client.mailboxOpen(name("nowhere")).then(
      () => "opened",
      () => "refused",
    );
    if (target.kind.name !== "courier") outcome["push"] = await pushed(client, target, compress);
  } finally {
    await client.logout().catch(() => client.close());
  }
  return outcome;
}

/** Idles in INBOX while a second connection appends a message; resolves with the counts that IDLE brought. */
async function pushed(client: ImapFlow, target: Target, compress: boolean): Promise<unknown> {
  await client.mailboxOpen("INBOX");
  const arrived = new Promise<unknown>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("no push came")), 30_000);
    client.once("exists", ({ count, prevCount }: { count: number; prevCount: number }) => {
      clearTimeout(timer);
      resolve([prevCount, count]);
    });
  });
  const idle = client.idle();
  const second = await open(target, compress);
  await second.append("INBOX", Buffer.from("Subject: pushed\r\n\r\nHello.\r\n"), []);
  const counts = await arrived;
  await second.logout();
  await client.noop();
  await idle;
  return counts;
}
