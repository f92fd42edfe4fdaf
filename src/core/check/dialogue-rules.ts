/** Whether what both sides say is a dialogue: who answers what, lines that are nothing, commands that nobody completes. */
import type { ConnectionId, Sender } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import { MASK } from "../base/mask.ts";
import { displayText, NO_OCTETS } from "../base/octets.ts";
import { createDialogue, type Dialogue } from "../dialogue/dialogue.ts";
import type { CommandOrdinal, DialogueEvent, FrameRead } from "../dialogue/event.ts";
import { commandLine } from "../dialogue/skim.ts";
import type { DefectKind } from "../imap/defect.ts";
import type { DataEvent, OmittedEvent } from "../wire/event.ts";
import { type CheckProblem, type ProblemKind, problem } from "./problem.ts";
import type { CheckedEvent } from "./read.ts";

/** What of the dialogue's defects keeps a capture from being played. */
const KINDS: ReadonlyMap<DefectKind, ProblemKind> = new Map<DefectKind, ProblemKind>([
  ["greeting-invalid", "greeting-missing"],
  ["tag-reused", "tag-twice"],
  ["tagged-duplicate", "completion-twice"],
  ["tagged-unknown", "completion-unknown"],
  ["continuation-unexpected", "continuation-unexpected"],
  ["continuation-missing", "continuation-missing"],
  ["pipelined-past-literal", "continuation-missing"],
]);

interface OpenedCommand {
  readonly tag: string;
  readonly name: string;
  readonly line: number;
}

export function dialogueProblems(events: readonly CheckedEvent[]): CheckProblem[] {
  const problems: CheckProblem[] = [];
  const followed = new Map<ConnectionId, Followed>();
  for (const { line, event } of events) {
    let one = followed.get(event.connection);
    if (one === undefined) {
      one = new Followed(event.connection, event.kind === "open" && event.midway, problems);
      followed.set(event.connection, one);
    }
    one.take(event, line);
    if (event.kind === "close") {
      one.finish();
      followed.delete(event.connection);
    }
  }
  for (const one of followed.values()) one.finish();
  return problems;
}

class Followed {
  private readonly connection: ConnectionId;
  private readonly problems: CheckProblem[];
  private readonly dialogue: Dialogue;
  private readonly open = new Map<CommandOrdinal, OpenedCommand>();
  private lastCompleted: CommandOrdinal = 0;
  private line = 0;
  /** For each direction the line of the record with the first octet of the unit that is under way. */
  private readonly began: Record<Sender, number> = { client: 0, server: 0 };
  private opaque = false;

  constructor(connection: ConnectionId, midway: boolean, problems: CheckProblem[]) {
    this.connection = connection;
    this.problems = problems;
    this.dialogue = createDialogue({ emit: (told) => this.told(told), midway });
  }

  take(event: CheckedEvent["event"], line: number): void {
    this.line = line;
    if (event.kind === "data" || event.kind === "omitted") this.takeOctets(event);
    else if (event.kind === "starttls") this.dialogue.switched("startTls", undefined);
    else if (event.kind === "deflate") this.dialogue.switched("deflate", event.from);
    else if (event.kind === "end") this.dialogue.finish(event.from);
  }

  private takeOctets(event: DataEvent | OmittedEvent): void {
    if (event.relayed === false) return;
    if (event.kind === "omitted") {
      this.dialogue.omit(event.from, event.atMicros, "omitted");
      return;
    }
    for (let rest = event.bytes; rest.length > 0; ) {
      if (this.dialogue.atBorder(event.from)) this.began[event.from] = this.line;
      const taken = this.dialogue.receive(event.from, rest, event.atMicros);
      rest = rest.subarray(taken.switch === undefined ? rest.length : taken.consumed);
    }
  }

  finish(): void {
    this.dialogue.finish();
    for (const [ordinal, { tag, name, line }] of this.open) {
      const kind = ordinal < this.lastCompleted ? "unfinished" : "unfinished-last";
      if (!this.opaque) this.report(kind, line, { tag, name });
    }
  }

  private told(event: DialogueEvent): void {
    if (event.kind === "opaque") this.opaque = true;
    else if (event.kind === "commandBegun") {
      const { ordinal, tag, name } = event;
      this.open.set(ordinal, { tag, name, line: this.began.client });
    } else this.frame(event);
  }

  private frame(read: FrameRead): void {
    const { role, frame, ordinal, defects } = read;
    const line = this.began[frame.from];
    const first = frame.lines[0] ?? NO_OCTETS;
    for (const { kind } of defects) {
      const found = KINDS.get(kind);
      if (found !== undefined) this.report(found, line, { tag: firstWord(first) });
    }
    if (frame.end === "cut") this.report("unit-cut", line, { from: frame.from });
    if (role === "malformed") this.report("response-none", line, { line: shown(first) });
    if (role === "command" && !isCommandLine(first))
      this.report("command-none", line, { line: shown(first) });
    if (role === "tagged" && ordinal !== undefined) {
      this.open.delete(ordinal);
      this.lastCompleted = Math.max(this.lastCompleted, ordinal);
    }
    // The next unit of this direction, if it begins in the same record.
    this.began[frame.from] = this.line;
  }

  private report(kind: ProblemKind, line: number, values: Readonly<Record<string, string | number>>): void {
    if (this.problems.length < LIMITS.listElements) {
      this.problems.push(problem(kind, { line, connection: this.connection }, values));
    }
  }
}

/** A line that the masker has masked whole may have been anything. */
function isCommandLine(line: Uint8Array): boolean {
  const { tagged, name } = commandLine(line);
  return (tagged && name !== "") || firstWord(line) === MASK;
}

function firstWord(line: Uint8Array): string {
  return displayText(line.subarray(0, 64)).split(" ")[0] ?? "";
}

function shown(line: Uint8Array): string {
  return JSON.stringify(displayText(line.subarray(0, 60)));
}
