/** The replies of a recorded exchange as sayings: with the client's tag, the capabilities of the replay, and the recorded times. */
import { fromLatin1, latin1 } from "../base/octets.ts";
import { type Altered, alterCapabilities, type Stage } from "./capabilities.ts";
import type { Request } from "./request.ts";
import type { Saying } from "./saying.ts";
import type { Cue, Reply, Step } from "./script.ts";

export interface Speech {
  readonly sayings: readonly Saying[];
  /** What of the recorded octets was altered, in words. */
  readonly altered: readonly string[];
}

export interface SpeechOptions {
  readonly cue: Cue;
  /** The client's, in ISO-8859-1. */
  readonly tag: string;
  readonly stage: Stage;
  /** The exchange has answered before: what it told of changes must not be told again. */
  readonly repeated: boolean;
}

/** What tells of a change: once is right, twice is another change (RFC 9051 §7.4.1, §7.5.1, RFC 7162 §3.2.10). */
const CHANGES: ReadonlySet<string> = new Set(["EXISTS", "RECENT", "EXPUNGE", "VANISHED"]);
/** Commands to which these are no changes but the answer. */
const SELECTS: ReadonlySet<string> = new Set(["SELECT", "EXAMINE"]);

export function speechOf(step: Step, { cue, tag, stage, repeated }: SpeechOptions): Speech {
  const sayings: Saying[] = [];
  const altered: string[] = [];
  const anew = repeated && !SELECTS.has(step.command);
  let pastMicros = 0;
  for (const reply of step.replies) {
    if (reply.cue !== cue || (anew && CHANGES.has(reply.name))) continue;
    const micros = reply.delayMicros - pastMicros;
    if (micros > 0) sayings.push({ kind: "pause", micros, yields: cue === "after" || isIdle(step, cue) });
    pastMicros = Math.max(pastMicros, reply.delayMicros);
    const { text, changes } = lineOf(reply, step.tag, tag, stage);
    altered.push(...changes);
    sayings.push(...text);
  }
  return { sayings, altered };
}

/** A greeting, which has no tag. */
export function greetingOf(reply: Reply, stage: Stage): Speech {
  const { text, changes } = lineOf(reply, "", "", stage);
  return { sayings: text, altered: changes };
}

/** Pushes in IDLE are due until DONE ends it. */
function isIdle(step: Step, cue: Cue): boolean {
  return cue === "command" && step.command === "IDLE";
}

function lineOf(
  { run, line, tagAt }: Reply,
  recorded: string,
  tag: string,
  stage: Stage,
): { readonly text: readonly Saying[]; readonly changes: readonly string[] } {
  if (line !== undefined) {
    const own = withTag(latin1(line), tagAt, recorded, tag);
    const { text, changes }: Altered = alterCapabilities(own, stage);
    return { text: [{ kind: "octets", bytes: fromLatin1(text) }], changes };
  }
  if (tagAt === undefined) return { text: [{ kind: "run", run }], changes: [] };
  const at = run.from + tagAt;
  const before: Saying[] = tagAt === 0 ? [] : [{ kind: "run", run: { ...run, to: at } }];
  const behind: Saying = { kind: "run", run: { ...run, from: at + recorded.length } };
  return { text: [...before, { kind: "octets", bytes: fromLatin1(tag) }, behind], changes: [] };
}

function withTag(line: string, at: number | undefined, recorded: string, tag: string): string {
  return at === undefined ? line : line.slice(0, at) + tag + line.slice(at + recorded.length);
}

/** A tag that can be said back, which not every one can that a tag may not be: octet for octet, whatever they mean. */
const SAYABLE = /^[\x21-\x7e\x80-\xff]+$/;

/** As it is said back; an answer to what has no such tag belongs to no command. */
export function tagOf({ command: { tag } }: Request): string {
  return SAYABLE.test(tag) ? tag : "*";
}
