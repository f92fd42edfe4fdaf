/** A whole capture checked: what a person who edited it should know, and the events as they would be repaired. */
import type { CaptureHeader } from "../capture/format.ts";
import type { WireEvent } from "../wire/event.ts";
import { dialogueProblems } from "./dialogue-rules.ts";
import { orderProblems } from "./order.ts";
import { type CheckProblem, problem } from "./problem.ts";
import { type CheckedEvent, readCheckedFile } from "./read.ts";
import { maskAgain } from "./secrets.ts";
import { edited, eventAt, streamsOf } from "./streams.ts";
import { checkUnits } from "./units.ts";

export interface CheckedCapture {
  /** By line. */
  readonly problems: readonly CheckProblem[];
  /** With literal lengths, line ends and masks repaired. `undefined` where lines cannot be read: they would be lost. */
  readonly repaired: RepairedCapture | undefined;
}

export interface RepairedCapture {
  readonly header: CaptureHeader;
  readonly events: readonly WireEvent[];
}

/** Checks the octets of a capture file, unpacked. Never throws for any octets. */
export function checkCapture(file: Uint8Array): CheckedCapture {
  const read = readCheckedFile(file);
  const problems = [...read.problems, ...orderProblems(read.events)];
  const streams = streamsOf(read.events);
  const checked = streams.map((stream) => ({ stream, ...checkUnits(stream) }));
  for (const { stream, problems: found } of checked) {
    for (const { kind, offset, values } of found) {
      const line = read.events[eventAt(stream, offset)]?.line ?? 1;
      const { connection, from } = stream;
      problems.push(problem(kind, { line, connection }, { from, ...values }));
    }
  }
  const facts = read.events.map(({ event }) => event);
  const mended = edited(facts, checked);
  const masked = maskAgain(mended);
  problems.push(...dialogueProblems(linesOf(read.events, mended)));
  problems.push(...secretProblems(read.events, read.header, masked.found));
  problems.sort((one, other) => one.line - other.line);
  const { header } = read;
  if (header === undefined || read.lacks) return { problems, repaired: undefined };
  const events = masked.events.filter((event) => event.kind !== "data" || event.bytes.length > 0);
  return { problems, repaired: { header: { ...header, redacted: withCredentials(header) }, events } };
}

function linesOf(before: readonly CheckedEvent[], events: readonly WireEvent[]): CheckedEvent[] {
  return events.map((event, i) => ({ event, line: before[i]?.line ?? 1 }));
}

function withCredentials({ redacted }: CaptureHeader): readonly string[] {
  return redacted.includes("credentials") ? redacted : [...redacted, "credentials"];
}

/** Where the header says that secrets are kept, one warning stands for them all. */
function secretProblems(
  events: readonly CheckedEvent[],
  header: CaptureHeader | undefined,
  found: readonly number[],
): CheckProblem[] {
  if (found.length === 0) return [];
  if (header?.redacted.includes("credentials") === false) return [problem("secrets-kept", { line: 1 })];
  return found.flatMap((index) => {
    const one = events[index];
    return one === undefined ? [] : [problem("secret", { line: one.line, connection: one.event.connection })];
  });
}
