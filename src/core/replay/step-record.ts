/**
 * What is put away of a recorded exchange, in few octets: its command as it was framed, with the prints of its literals, and
 * where the answers to it stand. Of a script only these records grow with what was recorded.
 */
import { detach } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { Frame, FrameEnd, Literal } from "../imap/frame.ts";
import type { LiteralPrint } from "./literal-print.ts";
import { OctetReader, OctetWriter } from "./octet-codec.ts";
import { type Request, readRequest } from "./request.ts";
import type { Cue, Reply, ServerRun } from "./script.ts";

export interface StepRecord {
  readonly atMicros: Micros;
  readonly tag: string;
  /** In the order in which they stand in the server's stream. */
  readonly replies: readonly Reply[];
  readonly frame: Frame;
  readonly prints: readonly LiteralPrint[];
  /** Whether the client was logged in. */
  readonly authenticated: boolean;
}

/** What is read at once of a record; the command costs more and is often not asked for. */
export interface ReadRecord extends Pick<StepRecord, "atMicros" | "tag" | "replies"> {
  readonly request: () => Request;
}

const CUES: readonly Cue[] = ["command", "done", "after"];
const ENDS: readonly FrameEnd[] = ["crlf", "lf", "refused", "cut"];
const CUE_BITS = 3;
const TAGGED = 4;
const HAS_TAG = 8;
const HAS_LINE = 16;

const SYNCHRONIZING = 1;
const LITERAL8 = 2;
const HAS_PRINT = 4;
const HAS_DIGEST = 8;
const HAS_SETTLED = 16;

const writer = new OctetWriter();

export function writeRecord(record: StepRecord): Uint8Array {
  const { atMicros, tag, replies } = record;
  writer.number(atMicros).text(tag).number(replies.length);
  let at = 0;
  for (const reply of replies) at = writeReply(reply, at);
  writeCommand(record);
  return writer.take();
}

/** Gives where its octets end: the next ones mostly begin there. */
function writeReply({ cue, tagged, tagAt, line, delayMicros, name, run }: Reply, at: number): number {
  let flags = CUES.indexOf(cue);
  if (tagged) flags |= TAGGED;
  if (tagAt !== undefined) flags |= HAS_TAG;
  if (line !== undefined) flags |= HAS_LINE;
  writer
    .number(flags)
    .number(run.from - at)
    .number(run.to - run.from)
    .number(delayMicros)
    .text(name);
  if (tagAt !== undefined) writer.number(tagAt);
  if (line !== undefined) writer.octets(line);
  return run.to;
}

function writeCommand({ frame, prints, authenticated }: StepRecord): void {
  const { end, octets, droppedOctets, lines, literals } = frame;
  writer.number(ENDS.indexOf(end) * 2 + (authenticated ? 1 : 0));
  writer.number(octets).number(droppedOctets).number(literals.length);
  for (const line of lines) writer.octets(line);
  for (const [index, literal] of literals.entries()) writeLiteral(literal, prints[index]);
}

function writeLiteral(literal: Literal, print: LiteralPrint | undefined): void {
  const { octets, received, head } = literal;
  let flags = literal.synchronizing ? SYNCHRONIZING : 0;
  if (literal.literal8) flags |= LITERAL8;
  if (print !== undefined) flags |= HAS_PRINT;
  if (print?.digest !== undefined) flags |= HAS_DIGEST;
  if (print?.settled !== undefined) flags |= HAS_SETTLED;
  writer.number(flags).number(octets).number(received);
  // Both heads are the first octets of the same literal.
  const longer = print !== undefined && print.head.length > head.length ? print.head : head;
  writer.octets(longer).number(head.length);
  if (print === undefined) return;
  writer.number(print.octets).number(print.head.length);
  if (print.digest !== undefined) writer.text(print.digest);
  if (print.settled !== undefined) writer.text(print.settled);
}

export function readRecord(bytes: Uint8Array, connection: ServerRun["connection"]): ReadRecord {
  const reader = new OctetReader(bytes);
  const atMicros = reader.number();
  const tag = reader.text();
  const replies: Reply[] = [];
  const count = reader.number();
  for (let at = 0; replies.length < count; at = replies.at(-1)?.run.to ?? 0)
    replies.push(readReply(reader, at, connection));
  const place = reader.place();
  let request: Request | undefined;
  return {
    ...{ atMicros, tag, replies },
    request: () => {
      request ??= readCommand(new OctetReader(bytes, place));
      return request;
    },
  };
}

function readReply(reader: OctetReader, at: number, connection: ServerRun["connection"]): Reply {
  const flags = reader.number();
  const from = at + reader.number();
  const run = { connection, from, to: from + reader.number() };
  return {
    cue: CUES[flags & CUE_BITS] ?? "command",
    tagged: (flags & TAGGED) !== 0,
    run,
    delayMicros: reader.number(),
    name: reader.text(),
    tagAt: (flags & HAS_TAG) === 0 ? undefined : reader.number(),
    line: (flags & HAS_LINE) === 0 ? undefined : detach(reader.octets()),
  };
}

function readCommand(reader: OctetReader): Request {
  const flags = reader.number();
  const octets = reader.number();
  const droppedOctets = reader.number();
  const count = reader.number();
  const lines = Array.from({ length: count + 1 }, () => reader.octets());
  const read = Array.from({ length: count }, () => readLiteral(reader));
  const frame: Frame = {
    ...{ from: "client", startMicros: 0, endMicros: 0, octets, droppedOctets, lines },
    literals: read.map(({ literal }) => literal),
    end: ENDS[flags >> 1] ?? "crlf",
  };
  // Those of a frame have prints all or none.
  const prints = read.flatMap(({ print }) => print ?? []);
  return readRequest(frame, prints, (flags & 1) !== 0);
}

function readLiteral(reader: OctetReader): {
  readonly literal: Literal;
  readonly print: LiteralPrint | undefined;
} {
  const flags = reader.number();
  const octets = reader.number();
  const received = reader.number();
  const longer = reader.octets();
  const literal: Literal = {
    ...{ octets, received, head: longer.subarray(0, reader.number()) },
    synchronizing: (flags & SYNCHRONIZING) !== 0,
    literal8: (flags & LITERAL8) !== 0,
    ...{ announcedMicros: 0, continuedMicros: undefined },
  };
  if ((flags & HAS_PRINT) === 0) return { literal, print: undefined };
  const came = reader.number();
  const head = longer.subarray(0, reader.number());
  const digest = (flags & HAS_DIGEST) === 0 ? undefined : reader.text();
  const settled = (flags & HAS_SETTLED) === 0 ? {} : { settled: reader.text() };
  return { literal, print: { octets: came, head, digest, ...settled } };
}
