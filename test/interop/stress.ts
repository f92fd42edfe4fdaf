/** Many clients that do seeded-random things to shared mailboxes at once, and check what every server must keep to. */
import { readFile } from "node:fs/promises";
import { connect, type TLSSocket } from "node:tls";

export interface StressTarget {
  readonly port: number;
  readonly caFile: string;
  readonly user: string;
  readonly password: string;
}

/** How much was done, and how often each kind of error was seen. */
export interface StressOutcome {
  connections: number;
  commands: number;
  readonly errors: Map<string, number>;
}

const BOXES = ["INBOX", "stress-one", "stress-two"];
const ANSWER_MS = 20_000;

/** Any message says of itself what it must be: its number stands in its subject. */
function message(number: number): string {
  return `Subject: stress ${number}\r\n\r\n${`A line of ${number}: Gr\xc3\xbc\xc3\x9fe.\r\n`.repeat(number % 40)}`;
}

/** In the clear of what else is under way: only UIDs and `*`. */
const PIPELINED = [
  'LIST "" "*"',
  "STATUS INBOX (MESSAGES UIDNEXT UNSEEN)",
  "UID FETCH 1:* (UID FLAGS)",
  "UID FETCH 1:* (UID ENVELOPE)",
  "UID FETCH * (UID BODY.PEEK[])",
  "UID STORE * +FLAGS (\\Seen)",
  "UID STORE * +FLAGS (\\Deleted)",
  "UID COPY * stress-two",
  "UID MOVE * stress-one",
  "EXPUNGE",
  "UID SEARCH ALL",
  "NOOP",
];

/**
 * By sequence number, each alone: no message may go while one of them runs (RFC 9051 §7.5.1), so what the client has counted
 * is there; another client may have expunged it, which is no error either, but `NO` to some.
 */
const NUMBERED = [
  "FETCH # (UID FLAGS)",
  "FETCH 1:# (UID FLAGS)",
  "FETCH # (UID BODY.PEEK[])",
  "FETCH 1:# (BODY.PEEK[])",
  "STORE # +FLAGS (\\Answered)",
  "STORE 1:# FLAGS ()",
  "COPY # stress-two",
  "MOVE # INBOX",
  "SEARCH 1:# UNSEEN",
];

export async function stress(target: StressTarget, seed: number, clients: number, milliseconds: number) {
  const outcome: StressOutcome = { connections: 0, commands: 0, errors: new Map() };
  const ca = await readFile(target.caFile, "utf8");
  const until = performance.now() + milliseconds;
  await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const pick = picker(seed * 1000 + index);
      while (performance.now() < until) await oneConnection(target, ca, pick, until, outcome);
    }),
  );
  return outcome;
}

type Picker = (below: number) => number;

/** A linear congruential generator: the same choices from the same seed. */
function picker(seed: number): Picker {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function oneConnection(
  target: StressTarget,
  ca: string,
  pick: Picker,
  until: number,
  outcome: StressOutcome,
): Promise<void> {
  const socket = connect({ port: target.port, host: "127.0.0.1", servername: "localhost", ca });
  const note = (kind: string) => outcome.errors.set(kind, (outcome.errors.get(kind) ?? 0) + 1);
  const wire = listen(socket, note);
  outcome.connections += 1;
  let tags = 0;
  const send = (line: string, more?: string) => {
    tags += 1;
    outcome.commands += 1;
    return wire.command(`s${tags}`, line, more);
  };
  try {
    await send(`LOGIN ${target.user} ${target.password}`);
    for (let left = 20 + pick(40); left > 0 && performance.now() < until; left -= 1) {
      const box = BOXES[pick(BOXES.length)] ?? "INBOX";
      const kind = pick(10);
      const body = message(pick(100_000));
      if (kind === 0 || left % 20 === 0) await send(`SELECT ${box}`);
      else if (kind === 1) await send(`APPEND ${box} {${body.length}}`, `${body}\r\n`);
      else if (kind === 2) await send(`APPEND ${box} {${body.length}+}\r\n${body}`);
      else if (kind === 3 && wire.selected()) await send("IDLE", "DONE\r\n");
      else if (kind < 7 && wire.messages() > 0) {
        const number = String(1 + pick(wire.messages()));
        await send((NUMBERED[pick(NUMBERED.length)] ?? "NOOP").replace("#", number));
      } else if (wire.selected()) {
        const some = Array.from({ length: 1 + pick(3) }, () =>
          send(PIPELINED[pick(PIPELINED.length)] ?? "NOOP"),
        );
        await Promise.all(some);
      } else await send(`SELECT ${box}`);
    }
    await send("LOGOUT");
  } catch (error) {
    note(error instanceof Error ? error.message : "unknown");
  } finally {
    socket.destroy();
  }
}

/** The literal of `BODY[]` in a response that is whole. */
function bodyIn(text: string): string | undefined {
  const [header = "", octets] = /BODY\[\] \{(\d+)\}\r\n/.exec(text) ?? [];
  if (octets === undefined) return undefined;
  const start = text.indexOf(header) + header.length;
  return text.slice(start, start + Number(octets));
}

interface Waiting {
  readonly line: string;
  more: string | undefined;
  done(): void;
  fail(error: Error): void;
}

/** Reads answers, literals by their length, and holds them against what was sent and said before. */
function listen(socket: TLSSocket, note: (kind: string) => void) {
  const waiting = new Map<string, Waiting>();
  let received = "";
  let from = 0;
  let uids: (string | undefined)[] = [];
  let selected = false;
  const end = (message: string) => {
    for (const { fail } of waiting.values()) fail(new Error(message));
    waiting.clear();
  };
  const untagged = (text: string) => {
    const [, digits, word] = /^\* (\d+) (EXISTS|EXPUNGE|FETCH)/.exec(text) ?? [];
    if (digits === undefined) return;
    const number = Number(digits);
    const body = bodyIn(text);
    if (body !== undefined && body !== message(Number(/^Subject: stress (\d+)\r\n/.exec(body)?.[1])))
      note("another body");
    if (word === "EXISTS") {
      if (number < uids.length) note("EXISTS shrinks");
      uids.length = Math.max(number, uids.length);
    } else if (number < 1 || number > uids.length) note("number beyond EXISTS");
    else if (word === "EXPUNGE") uids.splice(number - 1, 1);
    else {
      const uid = /[( ]UID (\d+)/.exec(text)?.[1];
      const known = uids[number - 1];
      if (uid !== undefined && known !== undefined && uid !== known) note("UID changed");
      uids[number - 1] = uid ?? known;
    }
  };
  const take = (text: string) => {
    if (text.startsWith("* ")) return untagged(text);
    const tag = text.slice(0, text.indexOf(" "));
    const command = waiting.get(tag === "+" ? ([...waiting.keys()][0] ?? "") : tag);
    if (command === undefined) return note("unknown or repeated tag");
    if (tag === "+") {
      if (command.more === undefined) return note("continuation nobody wants");
      socket.write(command.more, "latin1");
      command.more = undefined;
      return;
    }
    waiting.delete(tag);
    const status = text.slice(tag.length + 1).split(" ")[0] ?? "";
    if (status !== "OK") note(`${status} to ${/^(?:UID )?\w+/.exec(command.line)?.[0]}`);
    if (command.line.startsWith("SELECT")) selected = status === "OK";
    command.done();
  };
  socket.setEncoding("latin1");
  socket.on("data", (data: string) => {
    received += data;
    for (let crlf = received.indexOf("\r\n", from); crlf >= 0; crlf = received.indexOf("\r\n", from)) {
      const literal = /\{(\d+)\}$/.exec(received.slice(from, crlf))?.[1];
      from = crlf + 2 + Number(literal ?? 0);
      if (literal !== undefined) {
        if (received.length < from) from = crlf - literal.length - 2;
        if (from < crlf) return;
        continue;
      }
      take(received.slice(0, crlf));
      received = received.slice(from);
      from = 0;
    }
  });
  socket.on("error", () => end("connection error"));
  socket.on("close", () => end("closed unasked"));
  socket.setTimeout(ANSWER_MS, () => end("no answer in time"));
  return {
    selected: () => selected,
    messages: () => (selected ? uids.length : 0),
    command: (tag: string, line: string, more?: string) =>
      new Promise<void>((done, fail) => {
        if (line.startsWith("SELECT")) uids = [];
        waiting.set(tag, { line, more, done, fail });
        socket.write(`${tag} ${line}\r\n`, "latin1");
      }),
  };
}
