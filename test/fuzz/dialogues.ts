/** The real dialogues that the fuzz begins from: the connections of the captures in the tree, with a canary in each mask of a client. */
import { readFileSync } from "node:fs";
import { MASK } from "../../src/core/base/mask.ts";
import { concat, fromLatin1 } from "../../src/core/base/octets.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { decodeCapture } from "../../src/index.ts";

export interface Said {
  readonly from: "client" | "server";
  readonly bytes: Uint8Array;
}

/** As long as a mask, so that literal headers stay right. */
export const CANARY = "Kan4rie7";
/** In the challenges of servers: no secret by itself, and one that is spoiled may no longer be told from text. */
const CHALLENGE = "Q2hhbGxn";

const FILES = ["../captures/v1.imapcap", "../../demo/session.imapcap", "../../demo/mailbox.imapcap"];

/** The octets of the capture files themselves. */
export const captureFiles: readonly Uint8Array[] = FILES.map((path) => {
  const bytes = readFileSync(new URL(path, import.meta.url));
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
});

function dialoguesOf(file: Uint8Array): readonly (readonly Said[])[] {
  const connections = new Map<number, Said[]>();
  for (const event of decodeCapture(file).events) {
    if (event.kind !== "data" || event.relayed === false) continue;
    const said = connections.get(event.connection) ?? [];
    connections.set(event.connection, said);
    said.push({ from: event.from, bytes: unmasked(event) });
  }
  return [...connections.values()];
}

function unmasked({ from, bytes, redacted }: Extract<WireEvent, { kind: "data" }>): Uint8Array {
  const own = concat([bytes]).slice();
  const put = fromLatin1(from === "client" ? CANARY : CHALLENGE);
  for (const [start, end] of redacted) if (end - start === MASK.length) own.set(put, start);
  return own;
}

export const dialogues: readonly (readonly Said[])[] = captureFiles.flatMap(dialoguesOf);
