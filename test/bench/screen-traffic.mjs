/**
 * A process of its own that is both ends of proxies: a plain IMAP server that answers everything, and clients that together
 * send so many commands a second. Prints the port of the server; is told on stdin the port of the proxy to go through from now
 * on, and prints, for each empty line that it gets, the round trips since the last: `{"exchanges":…,"seconds":…,"p50":…,"p99":…}`.
 */
import { connect, createServer } from "node:net";
import { createInterface } from "node:readline";
import { exchangeOf } from "./screen-capture.mjs";

const [perSecond = 2000, connections = 20] = process.argv.slice(2).map(Number);
const BEAT_MS = 10;

/** What is answered to a command, by its tag. */
const answers = new Map();
const server = createServer((socket) => {
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.write("* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n");
  let rest = "";
  socket.on("data", (octets) => {
    const lines = `${rest}${octets.toString("latin1")}`.split("\r\n");
    rest = lines.pop() ?? "";
    socket.write(lines.map(answerTo).join(""));
  });
});

function answerTo(line) {
  const tag = line.slice(0, line.indexOf(" "));
  const answer = answers.get(tag);
  answers.delete(tag);
  return answer ?? `${tag} OK done\r\n`;
}

server.listen(0, "127.0.0.1", () => console.log(server.address().port));

const sent = new Map();
let trips = [];
let since = performance.now();
let turn = 0;

function client(port) {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  socket.on("error", () => {});
  socket.write("l LOGIN alice secret\r\ns SELECT INBOX\r\n");
  let rest = "";
  socket.on("data", (octets) => {
    const now = performance.now();
    const lines = `${rest}${octets.toString("latin1")}`.split("\r\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const tag = line.slice(0, line.indexOf(" "));
      const from = sent.get(tag);
      if (from === undefined) continue;
      sent.delete(tag);
      trips.push(now - from);
    }
  });
  return socket;
}

/** By the port of their proxy. */
const clients = new Map();
let sockets = [];
let isBeating = false;

function goThrough(port) {
  sockets = clients.get(port) ?? Array.from({ length: connections }, () => client(port));
  clients.set(port, sockets);
  if (!isBeating) beat();
  isBeating = true;
}

function beat() {
  let last = performance.now();
  let due = 0;
  setInterval(() => {
    const now = performance.now();
    // What a busy machine could not do in time is left out.
    due = Math.min(due + ((now - last) * perSecond) / 1000, perSecond / 10);
    last = now;
    for (; due >= 1; due--) {
      const tag = `x${++turn}`;
      const { command, answer } = exchangeOf(turn, tag);
      answers.set(tag, answer);
      sent.set(tag, now);
      sockets[turn % sockets.length].write(command);
    }
  }, BEAT_MS);
}

function report() {
  const now = performance.now();
  const sorted = trips.sort((one, other) => one - other);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  console.log(
    JSON.stringify({ exchanges: trips.length, seconds: (now - since) / 1000, p50: at(0.5), p99: at(0.99) }),
  );
  trips = [];
  since = now;
}

createInterface({ input: process.stdin })
  .on("line", (line) => (line === "" ? report() : goThrough(Number(line))))
  .on("close", () => process.exit(0));
