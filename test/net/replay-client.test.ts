/** A capture's clients against servers of few words, over real sockets. */
import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { afterEach, test } from "node:test";
import { constants, createDeflateRaw, createInflateRaw } from "node:zlib";
import { displayText } from "../../src/core/base/octets.ts";
import type { Credentials } from "../../src/core/replay/as-client-login.ts";
import { createClientScript } from "../../src/core/replay/as-client-script.ts";
import { compareCaptures } from "../../src/core/replay/compare-captures.ts";
import type { WireEvent } from "../../src/core/wire/event.ts";
import { startClock } from "../../src/net/clock.ts";
import { createDiallers } from "../../src/net/diallers.ts";
import type { Endpoint } from "../../src/net/endpoint.ts";
import { type PlayedClients, playClients } from "../../src/net/replay-client.ts";
import { eventsOf } from "../playbook.ts";
import {
  closedPort,
  closeEverything,
  plainUpstream,
  startTlsUpstream,
  tlsUpstream,
  upstreamCa,
} from "./peers.ts";

afterEach(closeEverything);

const CREDENTIALS: Credentials = { user: "alice", secret: { kind: "password", value: "Kanarie" } };

interface Played extends PlayedClients {
  readonly events: readonly WireEvent[];
}

async function play(
  recorded: readonly WireEvent[],
  upstream: Endpoint,
  more: {
    timeoutMs?: number;
    idleMs?: number;
    signal?: AbortSignal;
    credentials?: Credentials | undefined;
    refusedLogins?: boolean;
    longestGapMs?: number;
  } = {},
): Promise<Played> {
  const builder = createClientScript();
  for (const event of recorded) builder.take(event);
  const events: WireEvent[] = [];
  const timeoutMs = more.timeoutMs ?? 60_000;
  const dial = createDiallers({
    insecure: false,
    upstreamCa: upstreamCa.pem,
    timeoutMs,
    isOwnListener: () => false,
  });
  const played = await playClients(builder.finish(), {
    ...{ upstream, dialler: dial(upstream), clock: startClock(), plainUpstream: false, timeoutMs },
    credentials: "credentials" in more ? more.credentials : CREDENTIALS,
    idleMs: more.idleMs ?? 60_000,
    ...{ refusedLogins: more.refusedLogins, longestGapMs: more.longestGapMs },
    signal: more.signal ?? new AbortController().signal,
    emit: (event) => events.push(event.kind === "data" ? { ...event, bytes: event.bytes.slice() } : event),
  });
  return { ...played, events };
}

function said(events: readonly WireEvent[], from: "client" | "server", connection = 1): string {
  return events
    .map((event) =>
      event.kind === "data" && event.from === from && event.connection === connection
        ? displayText(event.bytes)
        : "",
    )
    .join("");
}

/** Answers each line; what `answer` gives for it is said, and a line that is not answered otherwise is completed with OK. */
function server(
  socket: Socket,
  answer: (line: string, tag: string) => string | undefined = () => undefined,
): string[] {
  const heard: string[] = [];
  let unfinished = "";
  socket.on("error", () => undefined);
  socket.write("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] ready\r\n");
  socket.on("data", (bytes) => {
    const lines = (unfinished + bytes.toString("latin1")).split("\r\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) {
      heard.push(line);
      const tag = line.split(" ")[0] ?? "";
      socket.write(answer(line, tag) ?? `${tag} OK done\r\n`);
    }
  });
  return heard;
}

function comparedWith(recorded: readonly WireEvent[], events: readonly WireEvent[]): readonly string[] {
  const { same, defects } = compareCaptures(recorded, events);
  assert.ok(!same);
  return defects.map(({ defect }) => defect.kind);
}

const GREETING = "S: * OK ready\nC: a1 LOGIN alice xxxxxxxx\nS: a1 OK in";

test("commands are sent as recorded, with credentials of its own, and nothing of these is given on", async () => {
  let heard: string[] = [];
  const upstream = await plainUpstream((socket) => {
    heard = server(socket as Socket);
  });
  const { events, notes, failures } = await play(
    eventsOf(`${GREETING}\nC: a2 SELECT "a b"\nS: a2 OK\nC: a3 LOGOUT\nS: * BYE\nS: a3 OK\n-- close client`),
    upstream,
  );
  assert.deepEqual([notes, failures], [[], []]);
  assert.deepEqual(heard, ['a1 LOGIN "alice" "Kanarie"', 'a2 SELECT "a b"', "a3 LOGOUT"]);
  assert.equal(said(events, "client"), 'a1 LOGIN "alice" xxxxxxxx\r\na2 SELECT "a b"\r\na3 LOGOUT\r\n');
  assert.deepEqual([events[0]?.kind, events.at(-1)?.kind], ["open", "close"]);
});

test("a literal waits for its `+`, and one that this server does not take unasked is asked for", async () => {
  let heard: string[] = [];
  const upstream = await plainUpstream((socket) => {
    heard = server(socket as Socket, (line) =>
      /\{\d+\}$/.test(line)
        ? "+ go on\r\n"
        : line === "hello"
          ? ""
          : line === "abc"
            ? "a2 OK done\r\n"
            : undefined,
    );
  });
  const session = `${GREETING}\nC: a2 SEARCH TEXT {7}\nS: + go\nC| hello\\r\\n\nC:  BODY {3+}\nC: abc\nS: a2 OK`;
  const { failures } = await play(eventsOf(session), upstream);
  assert.deepEqual(failures, []);
  assert.deepEqual(heard.slice(1), ["a2 SEARCH TEXT {7}", "hello", " BODY {3}", "abc"]);
});

test("a literal that is refused is not sent", async () => {
  let heard: string[] = [];
  const upstream = await plainUpstream((socket) => {
    heard = server(socket as Socket, (line, tag) =>
      line.endsWith("}") ? `${tag} NO too large\r\n` : undefined,
    );
  });
  const session = `${GREETING}\nC: a2 SEARCH TEXT {5}\nS: + go\nC: hello\nS: a2 OK\nC: a3 NOOP\nS: a3 OK`;
  await play(eventsOf(session), upstream);
  assert.deepEqual(heard.slice(1), ["a2 SEARCH TEXT {5}", "a3 NOOP"]);
});

test("what was pipelined is pipelined, and what was not waits", async () => {
  const waiting: string[] = [];
  const upstream = await plainUpstream((socket) => {
    server(socket as Socket, (line, tag) => {
      // The answers to both come only when both are there.
      if (!/^a[23] /.test(line)) return undefined;
      waiting.push(tag);
      return waiting.length < 2 ? "" : "a3 OK\r\na2 OK\r\n";
    });
  });
  const session = `${GREETING}\nC: a2 NOOP\nC: a3 NOOP\nS: a2 OK\nS: a3 OK\nC: a4 NOOP\nS: a4 OK`;
  const { failures, events } = await play(eventsOf(session), upstream);
  assert.deepEqual(failures, []);
  assert.match(said(events, "server"), /a4 OK/);
});

test("IDLE ends when what was pushed then is pushed now, or after a time", async () => {
  const session = `${GREETING}\nC: a2 IDLE\nS: + idling\nS: * 1 EXISTS\nS: * 2 EXISTS\nC: DONE\nS: a2 OK\nC: a3 NOOP\nS: a3 OK`;
  const respond =
    (pushes: string) =>
    (line: string): string | undefined =>
      line.endsWith("IDLE") ? `+ idling\r\n${pushes}` : line === "DONE" ? "a2 OK done\r\n" : undefined;
  const pushing = await plainUpstream((socket) =>
    server(socket as Socket, respond("* 8 EXISTS\r\n* 9 EXISTS\r\n")),
  );
  const { notes, events } = await play(eventsOf(session), pushing);
  assert.deepEqual(notes, []);
  assert.match(said(events, "client"), /a2 IDLE\r\nDONE\r\na3 NOOP\r\n/);
  const silent = await plainUpstream((socket) => server(socket as Socket, respond("* 8 EXISTS\r\n")));
  const late = await play(eventsOf(session), silent, { idleMs: 20 });
  assert.match(late.notes[0]?.text ?? "", /IDLE: 1 of 2 pushes came/);
  assert.match(said(late.events, "client"), /DONE\r\na3 NOOP\r\n/);
});

test("connections interleave as they did", async () => {
  const order: string[] = [];
  const upstream = await plainUpstream((socket) => {
    server(socket as Socket, (line) => {
      order.push(line.split(" ").slice(0, 2).join(" "));
      return undefined;
    });
  });
  const one = eventsOf(`S: * PREAUTH ready\nC: a1 NOOP\nS: a1 OK\n@100\nC: a2 NOOP\nS: a2 OK`);
  const two = eventsOf(`@50\nS: * PREAUTH ready\nC: b1 NOOP\nS: b1 OK\n@150\nC: b2 NOOP\nS: b2 OK`);
  const both = [...one, ...two.map((event): WireEvent => ({ ...event, connection: 2 }))];
  both.sort((some, other) => some.atMicros - other.atMicros);
  await play(both, upstream);
  assert.deepEqual(order, ["a1 NOOP", "b1 NOOP", "a2 NOOP", "b2 NOOP"]);
});

test("clear text of the server between its answer to STARTTLS and TLS goes no further, and is counted", async () => {
  const recorded = eventsOf(
    "S: * OK ready\nC: a1 STARTTLS\nS: a1 OK\n-- starttls client\n-- starttls server\nC: a2 NOOP\nS: a2 OK",
    { tls: false },
  );
  const behind = "* 1 EXISTS\r\n";
  const { events, failures } = await play(recorded, (await startTlsUpstream({ behind })).upstream);
  assert.deepEqual(failures, []);
  const dropped = events.filter((event) => event.kind === "omitted");
  assert.deepEqual(
    dropped.map(({ from, octets, relayed }) => [from, octets, relayed]),
    [["server", behind.length, false]],
  );
  assert.doesNotMatch(said(events, "server"), /EXISTS/);
  assert.deepEqual(comparedWith(recorded, events), ["starttls-injection"]);
});

test("clear text of the server in place of its handshake is told as the same, with the reason why TLS failed", async () => {
  const recorded = eventsOf(
    "S: * OK ready\nC: a1 STARTTLS\nS: a1 OK\n-- starttls client\n-- starttls server\nC: a2 NOOP\nS: a2 OK",
    { tls: false },
  );
  const instead = "* 1 EXISTS and a few octets more\r\n";
  const { events, failures } = await play(recorded, (await startTlsUpstream({ instead })).upstream);
  assert.match(failures[0]?.text ?? "", /clear text/);
  assert.deepEqual(comparedWith(recorded, events), ["starttls-injection"]);
});

test("STARTTLS as recorded, and left out where there is TLS from the start", async () => {
  const session =
    "S: * OK ready\nC: a1 STARTTLS\nS: a1 OK\n-- starttls client\n-- starttls server\nC: a2 NOOP\nS: a2 OK";
  const plain = await startTlsUpstream();
  const { failures, events } = await play(eventsOf(session, { tls: false }), plain.upstream);
  assert.deepEqual(failures, []);
  assert.equal(plain.got.secure, "a2 NOOP\r\n");
  assert.ok(events.some(({ kind }) => kind === "tls"));
  const secure = await tlsUpstream((socket) => server(socket));
  const skipped = await play(eventsOf(session, { tls: false }), secure);
  assert.match(skipped.notes[0]?.text ?? "", /a1 STARTTLS was not sent/);
  assert.equal(said(skipped.events, "client"), "a2 NOOP\r\n");
});

test("COMPRESS compresses both directions from then on", async () => {
  const upstream = await plainUpstream((socket) => {
    socket.on("error", () => undefined);
    socket.write("* PREAUTH ready\r\n");
    socket.once("data", () => {
      socket.write("a1 OK deflating\r\n");
      const deflate = createDeflateRaw({ flush: constants.Z_SYNC_FLUSH });
      const inflate = createInflateRaw();
      deflate.on("data", (bytes: Uint8Array) => socket.write(bytes));
      socket.on("data", (bytes) => inflate.write(bytes));
      inflate.on("data", (bytes) =>
        deflate.write(`* 1 EXISTS\r\n${String(bytes).split(" ")[0]} OK done\r\n`),
      );
    });
  });
  const session =
    "S: * PREAUTH ready\nC: a1 COMPRESS DEFLATE\nS: a1 OK\n-- deflate server\n-- deflate client\nC: a2 NOOP\nS: a2 OK";
  const { failures, events } = await play(eventsOf(session), upstream);
  assert.deepEqual(failures, []);
  assert.equal(said(events, "server"), "* PREAUTH ready\r\na1 OK deflating\r\n* 1 EXISTS\r\na2 OK done\r\n");
});

test("a login that was refused is not tried, and one that is refused now is told without the secret", async () => {
  const upstream = await plainUpstream((socket) =>
    server(socket as Socket, (line, tag) =>
      line.includes("LOGIN") ? `${tag} NO [AUTHENTICATIONFAILED] not Kanarie\r\n` : undefined,
    ),
  );
  const refused = await play(
    eventsOf("S: * OK\nC: a1 LOGIN alice xxxxxxxx\nS: a1 NO wrong\nC: a2 NOOP\nS: a2 OK"),
    upstream,
  );
  assert.match(refused.notes[0]?.text ?? "", /a1 LOGIN was not sent: it was refused/);
  assert.equal(said(refused.events, "client"), "a2 NOOP\r\n");
  const { failures, events } = await play(eventsOf(`${GREETING}\nC: a2 NOOP\nS: a2 OK`), upstream);
  assert.match(failures[0]?.text ?? "", /refuses the credentials: NO \[AUTHENTICATIONFAILED\]$/);
  assert.doesNotMatch(JSON.stringify([failures, said(events, "client")]), /Kanarie/);
  const without = await play(eventsOf(GREETING), upstream, { credentials: undefined });
  assert.match(without.failures[0]?.text ?? "", /no credentials/);
});

test("a server that cannot be reached, closes, or says nothing is told, and the other connections go on", async () => {
  const session = eventsOf("S: * PREAUTH\nC: a1 NOOP\nS: a1 OK\nC: a2 NOOP\nS: a2 OK");
  const nobody: Endpoint = { scheme: "imap", host: "127.0.0.1", port: await closedPort() };
  const unreached = await play(session, nobody);
  assert.match(unreached.failures[0]?.text ?? "", /refuses connections/);
  assert.deepEqual(unreached.events, []);
  let count = 0;
  const closing = await plainUpstream((socket) => {
    if (count++ > 0) server(socket as Socket);
    else {
      server(socket as Socket, () => {
        socket.end("a1 OK\r\n");
        return "";
      });
    }
  });
  const both = [...session, ...session.map((event): WireEvent => ({ ...event, connection: 2 }))];
  const { failures, events } = await play(both, closing);
  assert.deepEqual(failures, [{ connection: 1, text: "the server closed the connection" }]);
  assert.match(said(events, "client", 2), /a2 NOOP/);
  const silent = await plainUpstream((socket) => server(socket as Socket, () => ""));
  assert.match(
    (await play(session, silent, { timeoutMs: 50 })).failures[0]?.text ?? "",
    /said nothing for 0.05 s/,
  );
});

test("a login that was refused is tried where that is wanted, and its refusal is no failure", async () => {
  let heard: string[] = [];
  const upstream = await plainUpstream((socket) => {
    heard = server(socket as Socket, (line, tag) =>
      line.includes("LOGIN") ? `${tag} NO no\r\n` : undefined,
    );
  });
  const session = eventsOf("S: * OK\nC: a1 LOGIN alice xxxxxxxx\nS: a1 NO wrong\nC: a2 NOOP\nS: a2 OK");
  const { failures, notes } = await play(session, upstream, { refusedLogins: true });
  assert.deepEqual([failures, notes], [[], []]);
  assert.deepEqual(heard, ['a1 LOGIN "alice" "Kanarie"', "a2 NOOP"]);
});

test("recorded pauses are kept up to a limit, and an abort ends them", async () => {
  const upstream = await plainUpstream((socket) => {
    server(socket as Socket);
  });
  const session = (pauseMs: number) =>
    eventsOf(`S: * PREAUTH\n@${pauseMs}\nC: a1 NOOP\nS: a1 OK\n@${2 * pauseMs}\nC: a2 NOOP\nS: a2 OK`);
  const kept = await play(session(40), upstream, { longestGapMs: 60_000 });
  const sent = kept.events.filter((event) => event.kind === "data" && event.from === "client");
  // A timer of Node may be a millisecond early.
  assert.ok((sent[1]?.atMicros ?? 0) - (sent[0]?.atMicros ?? 0) >= 37_000);
  const cut = await play(session(86_400_000), upstream, { longestGapMs: 1 });
  assert.deepEqual(cut.failures, []);
  const stop = new AbortController();
  const stopped = play(session(86_400_000), upstream, { longestGapMs: 86_400_000, signal: stop.signal });
  stop.abort();
  assert.deepEqual((await stopped).failures.length, 1);
});

test("an abort ends all of it", async () => {
  const stop = new AbortController();
  const upstream = await plainUpstream((socket) => {
    server(socket as Socket, () => {
      stop.abort();
      return "";
    });
  });
  const session = eventsOf("S: * PREAUTH\nC: a1 NOOP\nS: a1 OK");
  const { failures } = await play(session, upstream, { signal: stop.signal });
  assert.deepEqual(failures, [{ connection: 1, text: "it was stopped" }]);
});
