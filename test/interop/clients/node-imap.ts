/** node-imap: LOGIN, SORT where there is, flags with literals, IDLE whenever it has nothing to do. */
import { readFile } from "node:fs/promises";
import Imap from "imap";
import { type Client, sha256, type Target } from "./client.ts";

export const nodeImap: Client = { name: "node-imap", run: session };

/** Calls a function that takes a node-style callback last. */
const call = <T>(work: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    work((error, value) => (error === null || error === undefined ? resolve(value) : reject(error)));
  });

async function session(target: Target) {
  const outcome: Record<string, unknown> = {};
  const name = (...path: string[]) => target.kind.prefix + path.join(target.kind.separator);
  const imap = new Imap({
    user: target.user,
    password: target.password,
    host: target.host,
    port: target.port,
    tls: target.transport === "tls",
    autotls: target.transport === "startTls" ? "always" : "never",
    tlsOptions: { ca: await readFile(target.caFile, "utf8"), servername: "localhost" },
    connTimeout: 60_000,
    authTimeout: 60_000,
    keepalive: true,
  });
  const ready = new Promise<void>((resolve, reject) => {
    imap.once("ready", resolve);
    imap.once("error", reject);
  });
  imap.connect();
  await ready;
  outcome["boxes"] = boxNames(await call<Imap.MailBoxes>((done) => imap.getBoxes(done)));
  const box = await call<Imap.Box>((done) => imap.openBox("INBOX", false, done));
  outcome["box"] = [box.messages.total, box.uidnext, [...box.flags].sort()];
  outcome["search"] = await call<number[]>((done) =>
    imap.search(["UNSEEN", ["SINCE", "March 10, 2024"]], done),
  );
  if (imap.serverSupports("SORT")) {
    outcome["sort"] = await call<number[]>((done) => imap.sort(["-SUBJECT"], ["ALL"], done));
  }
  outcome["headers"] = await fetched(
    imap.fetch("1:*", { bodies: "HEADER.FIELDS (FROM SUBJECT)", struct: true }),
  );
  outcome["bodies"] = await fetched(
    imap.fetch("1:9", { bodies: ["HEADER", "TEXT"], envelope: true, size: true }),
  );
  outcome["big"] = await fetched(imap.fetch("13", { bodies: "" }));
  await call<void>((done) => imap.addFlags("1:3", ["Deleted"], done));
  await call<void>((done) => imap.addKeywords("4:6", ["NodeKeyword"], done));
  await call<void>((done) => imap.expunge(done));
  await call<void>((done) => imap.copy("7,8", name("Archive"), done));
  await call<void>((done) => imap.move("9", name("受信箱"), done));
  await call<void>((done) =>
    imap.append("Subject: appended\r\n\r\nПривет.\r\n", { mailbox: name("Archive") }, done),
  );
  await call<void>((done) => imap.addBox(name("Новая"), done));
  await call<void>((done) => imap.delBox(name("Новая"), done));
  outcome["refused"] = await call((done) => imap.openBox(name("nowhere"), done)).then(
    () => "opened",
    () => "refused",
  );
  const ended = new Promise<void>((resolve) => {
    imap.once("close", () => resolve());
  });
  imap.end();
  await ended;
  return outcome;
}

function boxNames(boxes: Imap.MailBoxes, parent = ""): readonly string[] {
  return Object.entries(boxes)
    .flatMap(([name, box]) => [
      `${parent}${name} ${[...box.attribs].sort().join(" ")}`,
      ...boxNames(box.children ?? {}, `${parent}${name}${box.delimiter}`),
    ])
    .sort();
}

/** A line for each message: its number, attributes, and a digest of each of its bodies. */
function fetched(fetch: Imap.ImapFetch): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    fetch.on("message", (message, seqno) => {
      const parts: string[] = [];
      message.on("body", (stream, info) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.once("end", () => parts.push(`${info.which} ${sha256(Buffer.concat(chunks))}`));
      });
      message.once("attributes", ({ uid, flags, struct }) => {
        parts.push(`uid ${uid} ${[...flags].sort().join(" ")} ${sha256(JSON.stringify(struct ?? []))}`);
      });
      message.once("end", () => lines.push(`${seqno} ${parts.sort().join(" | ")}`));
    });
    fetch.once("error", reject);
    fetch.once("end", () => resolve(lines.sort()));
  });
}
