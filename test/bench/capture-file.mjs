/** A capture for benchmarks: connections that are logged in and have a mailbox selected, written record by record. */
import { closeSync, openSync, writeSync } from "node:fs";

const BLOCK = 1024 * 1024;

export function createCaptureFile(path) {
  const file = openSync(path, "w");
  const header = { type: "capture", version: 1, createdAt: "2026-11-20T09:00:00.000Z", createdBy: "bench" };
  let block = `${JSON.stringify({ ...header, redacted: ["credentials"] })}\n`;
  let at = 0;

  function put(type, connection, fields) {
    block += `{"type":"${type}","connection":${connection},"at":${at.toFixed(3)},${fields}}\n`;
    if (block.length < BLOCK) return;
    writeSync(file, block);
    block = "";
  }

  function say(connection, from, text) {
    put("data", connection, `"from":"${from}","text":${JSON.stringify(text)}`);
  }

  return {
    /** Time passes before what is said next. */
    pass: (ms) => {
      at += ms;
    },
    say,
    open: (connection) => {
      const ends = `"listener":"imaps://127.0.0.1:993","upstream":"imaps://imap.example.org:993"`;
      put("open", connection, `"client":"127.0.0.1:${1024 + (connection % 60_000)}",${ends}`);
      say(connection, "server", "* OK [CAPABILITY IMAP4rev1 IDLE UIDPLUS] ready\r\n");
      say(connection, "client", `a LOGIN user${connection} xxxxxxxx\r\n`);
      say(connection, "server", "a OK done\r\n");
      say(connection, "client", "b SELECT INBOX\r\n");
      say(connection, "server", "* 1000 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\nb OK [READ-WRITE] done\r\n");
    },
    close: () => {
      writeSync(file, block);
      closeSync(file);
    },
  };
}
