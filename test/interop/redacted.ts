/** A capture of which somebody has made the mail unreadable, letter by letter, so that every length stays what it was. */
import { readFile, writeFile } from "node:fs/promises";
import { createFramer } from "../../src/core/imap/framer.ts";
import { isFreeText } from "../../src/core/imap/free-text.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { decodeCapture, encodeCapture } from "../../src/library/capture.ts";

/** A message with its header and its boundaries, or what is no message, each other letter, digit and octet above 127 an `x`. */
export function withoutWords(octets: Buffer): Buffer {
  const text = octets.toString("latin1");
  const header = /^[!-9;-~]+:.*?\r?\n\r?\n/s.exec(text)?.[0] ?? "";
  const rest = text
    .slice(header.length)
    .replace(/^--.*$|[A-Za-z0-9\x80-\xff]/gm, (found) => (found.startsWith("--") ? found : "x"));
  return Buffer.from(header + rest, "latin1");
}

/** Writes to `to` what is left of a capture without the words in the literals of its server. */
export async function redactCapture(from: string, to: string): Promise<void> {
  const { header, events } = decodeCapture(await readFile(from));
  const streams = new Map<number, Buffer>();
  for (const event of events) {
    if (!isServers(event)) continue;
    streams.set(
      event.connection,
      Buffer.concat([streams.get(event.connection) ?? Buffer.alloc(0), event.bytes]),
    );
  }
  for (const stream of streams.values()) redactStream(stream);
  const taken = new Map<number, number>();
  const redacted = events.map((event): WireEvent => {
    const stream = streams.get(event.connection);
    if (!isServers(event) || stream === undefined) return event;
    const start = taken.get(event.connection) ?? 0;
    const end = start + event.bytes.length;
    taken.set(event.connection, end);
    return { ...event, bytes: stream.subarray(start, end) };
  });
  await writeFile(to, encodeCapture(redacted, { ...header, redacted: ["credentials", "mail"] }));
}

const isServers = (event: WireEvent): event is WireEvent & { kind: "data" } =>
  event.kind === "data" && event.from === "server";

function redactStream(stream: Buffer): void {
  const framer = createFramer({
    from: "server",
    literalHeadOctets: 0,
    opensLiterals: (line) => !isFreeText(line),
    onAnnounced: () => undefined,
    onFrame: () => true,
    // The stream is pushed at once, so that a literal is one run.
    onSegment: ({ kind, start, end }) => {
      if (kind === "literal") withoutWords(stream.subarray(start, end)).copy(stream, start);
    },
  });
  framer.push(stream, 0);
}
