/**
 * Theory of operation. The masker follows both directions run by run, in the phase that the dialogue is in, and writes what may
 * be seen into the slot of the read in which it came. For each line there is a plan (client-plan, server-plan). Most lines pass
 * as they are, without a copy. Of a secret nothing is kept but what is needed to find its echo; its mask stands in the read in
 * which it ended. Runs of a line whose plan needs more octets are held, bounded by LIMITS.heldOctets, beyond which the line is
 * masked whole: the masker fails closed. A secret's literal gets the mask's size, so that the masked dialogue still frames.
 */
import type { Sender } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import { MASK } from "../base/mask.ts";
import { fromLatin1, latin1, NO_OCTETS, SP } from "../base/octets.ts";
import type { Phase } from "../dialogue/phase.ts";
import { commandLine, isCommand } from "../dialogue/skim.ts";
import { serverLine } from "../imap/free-text.ts";
import { openDigits } from "../imap/gs2-header.ts";
import type { Segment } from "../imap/segment.ts";
import { clientPlan, followingPlan } from "./client-plan.ts";
import { heldOctets, withoutLineEnd } from "./held-line.ts";
import { createLane, type Lane } from "./lane.ts";
import { ALL_SECRET, PASSES, type Plan, UNDECIDED } from "./plan.ts";
import type { Slot } from "./record-queue.ts";
import { createSecretMemory, type SecretMemory } from "./secret-memory.ts";
import { type ServerContext, serverPlan } from "./server-plan.ts";

export interface Masker {
  /** Takes a run of the read that `slot` stands for, before the dialogue has taken it into account. */
  readonly segment: (from: Sender, segment: Segment, slot: Slot) => void;
  /** The transport has changed: both directions begin a line anew. */
  readonly restart: () => void;
  /** Decides what is held: at the end of the octets as if its line ended there, over a bound by masking it. */
  readonly decide: (why: "end" | "bound", senders: readonly Sender[]) => void;
}

type Decided = Exclude<Plan, { kind: "undecided" }>;

const COVER = 0x78;
const MASK_OCTETS = fromLatin1(MASK);
const NO_RUN = {
  kind: "line",
  bytes: NO_OCTETS,
  start: 0,
  end: 0,
  header: undefined,
  line: undefined,
} as const;

export function createMasker(phase: Phase): Masker {
  return new LaneMasker(phase);
}

class LaneMasker implements Masker {
  private readonly phase: Phase;
  private readonly memory: SecretMemory;
  private readonly lanes: Record<Sender, Lane> = { client: createLane(), server: createLane() };
  private readonly serverContext: ServerContext;

  constructor(phase: Phase) {
    const memory = createSecretMemory(phase);
    const { lanes } = this;
    this.phase = phase;
    this.memory = memory;
    this.serverContext = {
      phase,
      secrets: memory.secrets,
      isMaskedTag: (tag) => memory.isMaskedTag(tag),
      unfinished: () => {
        const { secret, held } = lanes.client;
        if (secret.octets > 0) return latin1(secret.peek());
        return held.isEmpty() ? "" : latin1(held.line());
      },
    };
  }

  private planOf(from: Sender, index: number, line: Uint8Array, complete: boolean): Plan {
    if (index > 0) return followingPlan(line, complete, this.lanes[from].follow.line);
    if (from === "client") return clientPlan(line, complete, this.phase);
    return serverPlan(line, complete, this.serverContext);
  }

  segment(from: Sender, run: Segment, slot: Slot): void {
    const lane = this.lanes[from];
    if (run.kind === "passed") slot.clear(run.start, run.end);
    else if (run.kind === "literal") this.literal(lane, run, slot);
    else if (lane.mode === "pass") this.passRun(lane, run, slot);
    else if (lane.mode === "secret") this.secretRun(from, lane, run, slot);
    else this.openRun(from, lane, run, slot);
  }

  private passRun(lane: Lane, run: Segment, slot: Slot): void {
    slot.clear(run.start, run.end);
    if (run.last) lane.mode = "open";
  }

  private literal(lane: Lane, run: Segment, slot: Slot): void {
    if (lane.follow.line === "secretArgument" && run.index === 0) {
      this.userLiteral(lane, run, slot);
      return;
    }
    if (lane.follow.literal === "pass") {
      slot.clear(run.start, run.end);
      return;
    }
    lane.secret.append(run.bytes.subarray(run.start, run.end));
    if (!run.last) return;
    this.memory.literal(latin1(lane.secret.take().bytes));
    slot.write(MASK_OCTETS, [[0, MASK.length]]);
  }

  /** The user's name of LOGIN: a wrong size would let it swallow the password, and its size has been given on already. */
  private userLiteral(lane: Lane, run: Segment, slot: Slot): void {
    let end = run.start;
    if (!lane.covering) while (end < run.end && (run.bytes[end] ?? 0) > SP) end++;
    slot.clear(run.start, end);
    if (end < run.end) {
      lane.covering = true;
      lane.secret.append(run.bytes.subarray(end, run.end));
      slot.write(new Uint8Array(run.end - end).fill(COVER), [[0, run.end - end]]);
    }
    if (!run.last || !lane.covering) return;
    lane.covering = false;
    this.memory.line(latin1(lane.secret.take().bytes).trim(), "argument", false);
  }

  /** A run of a line whose plan is not known yet. */
  private openRun(from: Sender, lane: Lane, run: Segment, slot: Slot): void {
    if (lane.emptyLiteral && run.index > 0) slot.write(MASK_OCTETS, [[0, MASK.length]]);
    lane.emptyLiteral = false;
    if (lane.held.isEmpty() && this.passesWhole(from, lane, run)) {
      this.passRun(lane, run, slot);
      return;
    }
    lane.held.add(run, slot);
    const so = lane.held.line();
    const plan = this.isTooLong(from, run.index, so)
      ? UNDECIDED
      : this.planOf(from, run.index, withoutLineEnd(so), run.last);
    if (plan.kind !== "undecided") this.apply(from, lane, plan, run);
    else if (run.last || so.length > heldOctets(from))
      this.apply(from, lane, failClosed(from, run.index, so), run);
  }

  /** The short way for nearly every line: seen at once, and nothing in it to mask. */
  private passesWhole(from: Sender, lane: Lane, run: Segment): boolean {
    const line = run.line ?? withoutLineEnd(run.bytes.subarray(run.start, run.end));
    if (
      run.end - run.start > LIMITS.heldOctets &&
      this.isTooLong(from, run.index, run.bytes.subarray(run.start, run.end))
    )
      return false;
    const plan = this.planOf(from, run.index, line, run.last);
    if (plan.kind !== "pass") return false;
    lane.follow = plan.follow;
    lane.mode = "pass";
    return true;
  }

  /** Whether a line would be held beyond the bound if it came octet by octet: it fares alike however it comes. */
  private isTooLong(from: Sender, index: number, line: Uint8Array): boolean {
    const bound = heldOctets(from);
    return (
      line.length > bound && this.planOf(from, index, line.subarray(0, bound + 1), false).kind === "undecided"
    );
  }

  private apply(from: Sender, lane: Lane, plan: Decided, run: Segment): void {
    const whole = lane.held.line();
    lane.follow = plan.follow;
    if (plan.kind !== "secretFrom") {
      if (plan.kind === "replace" && plan.follow !== PASSES) this.memory.tokens(whole, plan.replacements);
      lane.held.release(plan.kind === "replace" ? plan.replacements : [], whole.length);
      lane.mode = run.last ? "open" : "pass";
      return;
    }
    lane.mode = "secret";
    lane.form = plan.form;
    lane.openWords = plan.open;
    lane.whole = from === "client" && plan.offset === 0 && run.index === 0 && plan.form === "argument";
    lane.secret.append(whole.subarray(plan.offset));
    const slot = lane.held.release([], Math.min(plan.offset, whole.length));
    if (run.last) this.endSecret(from, lane, run, slot);
  }

  private secretRun(from: Sender, lane: Lane, run: Segment, slot: Slot): void {
    lane.secret.append(run.bytes.subarray(run.start, run.end));
    if (run.last) this.endSecret(from, lane, run, slot);
  }

  /** The line of a secret has ended: its mask, the header of a literal, and the line end go into this read. */
  private endSecret(from: Sender, lane: Lane, run: Segment, slot: Slot): void {
    const { bytes } = lane.secret.take();
    const text = withoutLineEnd(bytes);
    const lineEnd = latin1(bytes, text.length);
    const said = latin1(text);
    const header = run.header === undefined ? "" : (/~?\{\d+\+?\}$/.exec(said)?.[0] ?? "");
    const secret = said.slice(0, said.length - header.length).trim();
    if (secret !== "" && lane.openWords.includes(secret) && header === "") {
      slot.write(fromLatin1(said + lineEnd), []);
    } else {
      if (from === "client" && secret !== "") this.memory.line(secret, lane.form, lane.whole);
      // What SCRAM says of channel binding is no secret, and stands before the mask.
      const open = from === "client" && lane.form === "sasl" ? secret.slice(0, openDigits(secret)) : "";
      const spaces = said.slice(0, said.length - header.length);
      const mask = secret === "" ? spaces : open + MASK + (header === "" ? "" : " ");
      const size = header.replace(/\d+/, String(MASK.length));
      slot.write(
        fromLatin1(mask + size + lineEnd),
        secret === "" ? [] : [[open.length, open.length + MASK.length]],
      );
    }
    lane.emptyLiteral = run.header?.octets === 0;
    lane.mode = "open";
  }

  decide(why: "end" | "bound", senders: readonly Sender[]): void {
    for (const from of senders) {
      const lane = this.lanes[from];
      if (lane.held.isEmpty()) continue;
      const so = lane.held.line();
      const index = lane.held.index;
      const last = why === "end";
      const plan = last ? this.planOf(from, index, so, true) : UNDECIDED;
      const decided = plan.kind === "undecided" ? failClosed(from, index, so) : plan;
      this.apply(from, lane, decided, { ...NO_RUN, last, index });
    }
  }

  restart(): void {
    this.decide("end", ["client", "server"]);
    this.lanes.client = createLane();
    this.lanes.server = createLane();
  }
}

/** The plan for a line of which too much would have to be held: everything behind its name is a secret. */
function failClosed(from: Sender, index: number, line: Uint8Array): Decided {
  let offset = 0;
  if (index === 0 && from === "server") offset = serverLine(line).rest;
  else if (index === 0) {
    const command = commandLine(line);
    if (isCommand(command)) offset = command.rest;
  }
  if (offset > 0 && line[offset] === SP) offset++;
  return { kind: "secretFrom", offset, open: [], form: "argument", follow: ALL_SECRET };
}
