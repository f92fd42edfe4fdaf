/**
 * One recorded connection as one client goes through it. By state, the earliest exchange that has not been used answers a
 * command that matches it where the client stands, and one that changes nothing may answer again. In order, it must be the
 * next one, but for those that a client may as well leave out.
 */
import { upperCase } from "../imap/ascii-case.ts";
import { ExchangeSet } from "./exchange-set.ts";
import { createFetchIndex } from "./fetch-index.ts";
import { isOptional, REPEATABLE } from "./leeway.ts";
import type { Matcher } from "./match.ts";
import { isKnown } from "./mechanism.ts";
import type { Request } from "./request.ts";
import { fits, LOGINS, type Scene } from "./scene.ts";
import type { ConnectionScript, Step } from "./script.ts";
import { createStepIndex } from "./step-index.ts";

export type Sequence = "state" | "order";

export interface Found {
  readonly step: Step;
  readonly repeated: boolean;
}

/** The exchanges of a recorded connection by what they mean. */
export interface Repertoire {
  readonly script: ConnectionScript;
  /** Where that client stands, and perhaps others too, in the order of the recording. */
  readonly matching: (request: Request, scene: Scene) => readonly Step[];
  /** Whether that step is one of them. */
  readonly matches: (request: Request, step: Step) => boolean;
  readonly logins: readonly Step[];
  /** FETCHes of the same messages that ask for all of the items and more, in the order of the recording. */
  readonly askingMore: (request: Request) => Iterable<Step>;
}

export function createRepertoire(script: ConnectionScript, matcher: Matcher): Repertoire {
  const canBePlayed = (step: Step): boolean => isPlayable(step, script);
  const steps = script.steps.every(canBePlayed) ? script.steps : script.steps.filter(canBePlayed);
  const { find } = createStepIndex(steps, matcher);
  return {
    script,
    matching: (request, scene) => find(request, (step) => fits(step, scene)),
    matches: (request, step) => canBePlayed(step) && matcher.matches(request, step.request),
    logins: steps.filter((step) => LOGINS.has(step.command)),
    askingMore: createFetchIndex(steps, matcher),
  };
}

/** An exchange without its completion can only be played where the server is what ended it, or DONE would have. */
function isPlayable(step: Step, script: ConnectionScript): boolean {
  if (step.status !== undefined || step.command === "IDLE") return true;
  return script.closedByServer && step === script.steps.at(-1);
}

export class Part {
  readonly repertoire: Repertoire;
  /** The exchange that was used last. */
  last: Step | undefined = undefined;
  /** So far into the stream of the recorded server the client was told what that said. */
  toldUpTo = 0;
  private readonly sequence: Sequence;
  private readonly used = new ExchangeSet();
  /** How many of the first of those that match a command were used: a client may send the same one ten thousand times. */
  private readonly usedUpTo = new WeakMap<readonly Step[], number>();
  /** In order: the next of the script's. */
  private at = 0;

  constructor(repertoire: Repertoire, sequence: Sequence) {
    this.repertoire = repertoire;
    this.sequence = sequence;
  }

  /** The exchange that answers, if one does that was not used; in order, only the next one. */
  find(request: Request, scene: Scene): Step | undefined {
    if (this.sequence === "order") return this.findNext(request, scene);
    const steps = this.repertoire.matching(request, scene);
    let from = this.usedUpTo.get(steps) ?? 0;
    for (let step = steps[from]; step !== undefined && this.used.has(step.id); step = steps[from]) from++;
    this.usedUpTo.set(steps, from);
    for (let at = from; at < steps.length; at++) {
      const step = steps[at];
      if (step !== undefined && !this.used.has(step.id) && fits(step, scene)) return step;
    }
    return undefined;
  }

  private findNext(request: Request, scene: Scene): Step | undefined {
    const { steps } = this.repertoire.script;
    const { matches } = this.repertoire;
    for (let at = this.at; at < steps.length; at++) {
      const step = steps[at];
      if (step === undefined) break;
      if (fits(step, scene) && matches(request, step)) return step;
      if (!isOptional(step)) return undefined;
    }
    return undefined;
  }

  /** An exchange that has answered before, or could have, and may do so again. */
  findAgain(request: Request, scene: Scene): Step | undefined {
    if (this.sequence === "order" || !REPEATABLE.has(request.command.name)) return undefined;
    return this.repertoire.matching(request, scene).findLast((step) => fits(step, scene));
  }

  /** An exchange that was not used and fetched what is asked for now, and more of the same messages. */
  findMore(request: Request, scene: Scene): Step | undefined {
    for (const step of this.repertoire.askingMore(request)) {
      if (!this.used.has(step.id) && fits(step, scene) && this.isDue(step)) return step;
    }
    return undefined;
  }

  private isDue(step: Step): boolean {
    if (this.sequence === "state") return true;
    const { steps } = this.repertoire.script;
    for (let at = this.at; at < steps.length; at++) {
      const each = steps[at];
      if (each === step) return true;
      if (each !== undefined && !isOptional(each)) return false;
    }
    return false;
  }

  /** The next login of that user and in that way that was not used. */
  findSameLogin(request: Request, user = userOf(request)): Step | undefined {
    const way = wayOf(request);
    return this.loginsOf(user).find((step) => wayOf(step.request) === way && !this.used.has(step.id));
  }

  /** A login of which either side does not tell the user is anybody's. */
  private loginsOf(user: string | undefined): readonly Step[] {
    return this.repertoire.logins.filter((step) => {
      const recorded = userOf(step.request);
      return user === undefined || recorded === undefined || recorded === user;
    });
  }

  /**
   * The recorded login that this one stands for: the next of that user and in that way that was not used, else the last of them
   * again; where that way was not taken, the next by which the server told what it holds of the credentials.
   */
  findLogin(request: Request, user = userOf(request)): Found | undefined {
    const own = this.loginsOf(user);
    const way = wayOf(request);
    const alike = own.filter((step) => wayOf(step.request) === way);
    const logins = alike.length > 0 ? alike : own.filter(isVerdict);
    const step = logins.find((each) => !this.used.has(each.id));
    if (step !== undefined) return { step, repeated: false };
    const again = logins.at(-1);
    return again && { step: again, repeated: true };
  }

  hasUsed(step: Step): boolean {
    return this.used.has(step.id);
  }

  use(step: Step): void {
    this.used.add(step.id);
    this.last = step;
    const { connection } = this.repertoire.script;
    for (const { run } of step.replies)
      if (run.connection === connection) this.toldUpTo = Math.max(this.toldUpTo, run.to);
    if (this.sequence === "state") return;
    const at = this.repertoire.script.steps.indexOf(step, this.at);
    if (at !== -1) this.at = at + 1;
  }

  /** Whether nothing is left that a client must do before the server did what it did last. */
  isOver(): boolean {
    return this.repertoire.script.steps.every((step) => this.used.has(step.id) || isOptional(step));
  }
}

/** LOGIN, or the mechanism of AUTHENTICATE. */
export function wayOf({ command: { name, detail } }: Request): string {
  return detail.kind === "authenticate" ? upperCase(detail.mechanism) : name;
}

/** Whether a login was decided by its credentials: one that is BAD was cancelled or not understood, one in an unknown way not had. */
function isVerdict({ request, status }: Step): boolean {
  return (
    status === "OK" || (status === "NO" && (request.command.name === "LOGIN" || isKnown(wayOf(request))))
  );
}

/** A name that somebody has made unreadable, letter by letter or as a whole. */
const UNREADABLE = /^x+$/i;

/** The user that a LOGIN names; of AUTHENTICATE it is not known. */
function userOf({ command: { detail } }: Request): string | undefined {
  const user = detail.kind === "login" ? detail.user : undefined;
  return user === undefined || UNREADABLE.test(user) ? undefined : user;
}
