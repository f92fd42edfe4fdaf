/** A large capture file of many connections that run beside each other, made from seeds: the same each time. */
import { closeSync, openSync, writeSync } from "node:fs";
import { concat, utf8 } from "../src/core/base/octets.ts";
import { encodeHeader, encodeToRuns } from "../src/core/capture/encode.ts";
import type { WireEvent } from "../src/core/wire/event.ts";
import { HEADER } from "./wire-events.ts";

export interface LargeCaptureOptions {
  readonly octets: number;
  readonly connections: number;
  /** How many are open at a time. */
  readonly atOnce: number;
}

interface Client {
  readonly connection: number;
  tag: number;
  exists: number;
}

/** Writes it and gives the number of its exchanges. */
export function writeLargeCapture(path: string, options: LargeCaptureOptions): number {
  const file = openSync(path, "w");
  let exchanges = 0;
  let written = 0;
  let pending: Uint8Array[] = [utf8(encodeHeader(HEADER))];
  let pendingOctets = 0;
  for (const event of largeEvents(options, () => written + pendingOctets)) {
    if (event.kind === "data" && event.from === "client") exchanges++;
    for (const run of encodeToRuns(event)) {
      pending.push(run);
      pendingOctets += run.length;
    }
    if (pendingOctets < 1024 * 1024) continue;
    flush();
  }
  flush();
  closeSync(file);
  return exchanges;

  function flush(): void {
    const block = concat(pending);
    writeSync(file, block);
    written += block.length;
    pending = [];
    pendingOctets = 0;
  }
}

/** Events until so many octets are written; each client in turn says something, and is followed by the next when it has said enough. */
export function* largeEvents(
  { octets, connections, atOnce }: LargeCaptureOptions,
  written: () => number,
): Generator<WireEvent, void, undefined> {
  let atMicros = 0;
  let last = 0;
  const open: Client[] = [];
  const share = octets / connections;
  for (let turn = 0; written() < octets; turn++) {
    const due = Math.min(connections, Math.floor(written() / share) + atOnce);
    while (last < due) {
      const connection = ++last;
      if (open.length >= atOnce) {
        const left = open.shift();
        if (left !== undefined) yield { kind: "close", ...at(left.connection), by: "client", reason: "" };
      }
      open.push({ connection, tag: 0, exists: 1000 });
      yield {
        kind: "open",
        ...at(connection),
        client: `127.0.0.1:${1000 + connection}`,
        listener: "imaps://127.0.0.1:993",
        upstream: "imaps://imap.example.org:993",
        midway: false,
      };
      yield data(connection, "server", "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n");
      yield data(connection, "client", "a LOGIN alice xxxxxxxx\r\n");
      yield data(connection, "server", "a OK done\r\n");
      yield data(connection, "client", "b SELECT INBOX\r\n");
      yield data(
        connection,
        "server",
        "* 1000 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\nb OK [READ-WRITE] done\r\n",
      );
    }
    const client = open[turn % open.length];
    if (client !== undefined) yield* exchange(client, turn);
  }

  function* exchange(client: Client, turn: number): Generator<WireEvent, void, undefined> {
    const tag = `x${++client.tag}`;
    const { connection } = client;
    const number = 1 + (turn % 1000);
    switch (turn % 4) {
      case 0:
        yield data(connection, "client", `${tag} NOOP\r\n`);
        yield data(connection, "server", `* ${++client.exists} EXISTS\r\n${tag} OK done\r\n`);
        return;
      case 1:
        yield data(connection, "client", `${tag} FETCH ${number}:${number + 9} (UID FLAGS)\r\n`);
        for (let i = 0; i < 10; i++) {
          yield data(
            connection,
            "server",
            `* ${number + i} FETCH (UID ${2 * (number + i)} FLAGS (\\Seen \\Answered))\r\n`,
          );
        }
        yield data(connection, "server", `${tag} OK done\r\n`);
        return;
      case 2:
        yield data(connection, "client", `${tag} UID FETCH ${2 * number} (BODY.PEEK[])\r\n`);
        yield data(
          connection,
          "server",
          `* ${number} FETCH (UID ${2 * number} BODY[] {6000}\r\n${"mail text 12345\r\n".repeat(353).slice(0, 6000)})\r\n`,
        );
        yield data(connection, "server", `${tag} OK done\r\n`);
        return;
      default:
        yield data(connection, "client", `${tag} STORE ${number} +FLAGS (\\Deleted)\r\n`);
        yield data(
          connection,
          "server",
          `* ${number} FETCH (FLAGS (\\Seen \\Deleted))\r\n${tag} OK done\r\n`,
        );
    }
  }

  function at(connection: number): { connection: number; atMicros: number } {
    atMicros += 50;
    return { connection, atMicros };
  }

  function data(connection: number, from: "client" | "server", text: string): WireEvent {
    return { kind: "data", ...at(connection), from, bytes: utf8(text), redacted: [] };
  }
}
