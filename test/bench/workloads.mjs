/** Octets for measurements: what mail clients really ask for, in the sizes in which sockets deliver it. */
import { concat, utf8 } from "../../dist/core/base/octets.js";

/**
 * @typedef {object} Workload
 * @property {string} name
 * @property {import("../../src/core/wire/event.ts").WireEvent[]} before the connection up to where the measurement begins
 * @property {import("../../src/core/wire/event.ts").DataEvent[]} events
 * @property {number} octets of both directions in `events`
 * @property {number} units responses of the server in `events`
 */

const READ_OCTETS = 64 * 1024;

/** Octets as sockets deliver them: Node's `Buffer`, in reads of 64 KiB. */
function reads(from, octets, atMicros) {
  const found = [];
  for (let at = 0; at < octets.length; at += READ_OCTETS) {
    const bytes = Buffer.from(octets.subarray(at, at + READ_OCTETS));
    found.push({ kind: "data", connection: 1, atMicros: atMicros + at, from, bytes, redacted: [] });
  }
  return found;
}

function selected(messages) {
  const said = [
    ["server", "* OK [CAPABILITY IMAP4rev1 LITERAL+ SASL-IR CONDSTORE UIDPLUS] ready\r\n"],
    ["client", "a1 LOGIN alice secret-of-alice\r\n"],
    ["server", "a1 OK logged in\r\n"],
    ["client", "a2 SELECT INBOX\r\n"],
    [
      "server",
      `* FLAGS (\\Seen \\Deleted)\r\n* ${messages} EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\na2 OK [READ-WRITE] done\r\n`,
    ],
  ];
  const data = said.flatMap(([from, text], i) => reads(from, utf8(text), 1000 * (i + 1)));
  return [
    {
      kind: "open",
      connection: 1,
      atMicros: 0,
      client: "127.0.0.1:50000",
      listener: "imaps://127.0.0.1:993",
      upstream: "imaps://imap.example.org:993",
      midway: false,
    },
    ...data,
  ];
}

function answered(name, command, lines) {
  const asked = utf8(`A3 ${command}\r\n`);
  const octets = concat([...lines, utf8("A3 OK Fetch completed.\r\n")]);
  return {
    name,
    before: selected(lines.length),
    events: [...reads("client", asked, 10_000), ...reads("server", octets, 20_000)],
    octets: asked.length + octets.length,
    units: lines.length + 1,
  };
}

function numbered(count, line) {
  return Array.from({ length: count }, (_, i) => utf8(line(i + 1)));
}

function envelope(n) {
  const from = `(("Correspondent ${n}" NIL "person${n}" "example.org"))`;
  const to = '(("Alice Example" NIL "alice" "example.com")(NIL NIL "team" "example.com"))';
  return (
    `("Thu, 19 Nov 2026 08:${n % 60}:00 +0000" "=?utf-8?Q?Re:_the_matter_of_${n}?= and what follows from it" ` +
    `${from} ${from} ${from} ${to} NIL NIL "<parent.${n}@example.org>" "<message.${n}@example.org>")`
  );
}

/** Pipelined commands without any data: 500 at a time, then their 500 answers. */
function pipelined(count) {
  const events = [];
  for (let n = 0; n < count; n += 500) {
    const batch = numbered(500, (i) => `A${n + i + 9} NOOP\r\n`);
    const answers = numbered(500, (i) => `A${n + i + 9} OK NOOP completed.\r\n`);
    events.push(
      ...reads("client", concat(batch), 10_000 + n),
      ...reads("server", concat(answers), 10_001 + n),
    );
  }
  const octets = events.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return { name: "pipelined NOOPs", before: selected(10), events, octets, units: count };
}

/**
 * Everything that is measured; made anew for each call.
 * @returns {Workload[]}
 */
export function workloads() {
  const mail = "A line of a message that nobody looks at, seventy octets in all.....\r\n"
    .repeat(300)
    .slice(0, 16_384);
  const megabyte = mail.repeat(64);
  return [
    answered(
      "20,000 envelopes",
      "UID FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE)",
      numbered(
        20_000,
        (n) =>
          `* ${n} FETCH (UID ${n + 100} FLAGS (\\Seen) INTERNALDATE "19-Nov-2026 08:00:00 +0000" ` +
          `RFC822.SIZE ${1000 + n} ENVELOPE ${envelope(n)})\r\n`,
      ),
    ),
    answered(
      "100,000 flag lines",
      "FETCH 1:* (UID FLAGS)",
      numbered(100_000, (n) => `* ${n} FETCH (UID ${n + 100} FLAGS (\\Seen))\r\n`),
    ),
    pipelined(20_000),
    answered(
      "2,000 messages of 16 KiB",
      "UID FETCH 1:* (UID BODY.PEEK[])",
      numbered(2000, (n) => `* ${n} FETCH (UID ${n + 100} BODY[] {${mail.length}}\r\n${mail})\r\n`),
    ),
    answered(
      "64 messages of 1 MiB",
      "UID FETCH 1:* (UID BODY.PEEK[])",
      numbered(64, (n) => `* ${n} FETCH (UID ${n + 100} BODY[] {${megabyte.length}}\r\n${megabyte})\r\n`),
    ),
  ];
}
