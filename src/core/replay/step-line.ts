/**
 * The exchanges of one recorded connection in the order in which they began: drafts as long as something may still be of them,
 * then steps that were put away.
 */
import type { ConnectionId, Sender } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import type { Draft } from "./draft.ts";
import type { RecordedStep, Standing, StepStore } from "./recorded-step.ts";
import { isLoggedIn, LOGINS, type Scene, sceneAfter } from "./scene.ts";
import type { ConnectionScript, Reply, Step } from "./script.ts";

export interface StepLineOptions {
  readonly store: StepStore;
  readonly connection: ConnectionId;
  /** The recording began midway. */
  readonly midway: boolean;
  readonly listener: string;
  readonly onPutAway: (draft: Draft) => void;
}

/** Commands whose answer is true for whoever asks, whatever their arguments. */
const TOLD: ReadonlySet<string> = new Set(["ID", "ENABLE", "NAMESPACE"]);

export class StepLine {
  greeting: Reply | undefined = undefined;
  private readonly options: StepLineOptions;
  /** Those that are not put away, the oldest first. */
  private readonly drafts: Draft[] = [];
  private readonly steps: RecordedStep[] = [];
  private readonly told = new Map<string, Step>();
  private scene: Scene | undefined = undefined;
  private standing: Standing | undefined = undefined;
  private before: Uint8Array | undefined = undefined;
  private behind: Uint8Array | undefined = undefined;

  constructor(options: StepLineOptions) {
    this.options = options;
  }

  begin(draft: Draft): void {
    this.drafts.push(draft);
  }

  /** The last one that was answered. */
  lastAnswered(): Draft | undefined {
    return this.drafts.findLast((draft) => draft.isAnswered());
  }

  /** Puts away what is whole: what comes unasked belongs to the last one that was answered. */
  putAway(): void {
    for (let first = this.drafts[0]; first !== undefined; first = this.drafts[0]) {
      const whole = first.hasEnded && first.request !== undefined;
      const isLast = first === this.lastAnswered();
      if ((!whole || isLast) && !this.isStuck()) return;
      this.putFirstAway(first);
    }
  }

  /** One command without an answer must not keep all that came behind it. */
  private isStuck(): boolean {
    if (this.drafts.length <= LIMITS.draftsBehind) return false;
    return this.drafts.filter((draft) => draft.isAnswered()).length > LIMITS.draftsBehind;
  }

  private putFirstAway(draft: Draft): void {
    this.drafts.shift();
    this.options.onPutAway(draft);
    const { id, request, status, isRecorded } = draft;
    if (request === undefined) return;
    this.scene ??= { authenticated: this.greeting?.name === "PREAUTH", mailbox: undefined };
    const step = this.options.store.put(id, request.command.name, isRecorded ? status : undefined, {
      ...{ atMicros: draft.atMicros, tag: draft.tag, replies: draft.replies },
      ...{ frame: request.frame, prints: request.prints, authenticated: request.authenticated },
    });
    step.standing = this.standingIn(this.scene);
    this.steps.push(step);
    if (TOLD.has(step.command) && step.status === "OK") this.told.set(step.command, step);
    const line = draft.replies.findLast((reply) => reply.line !== undefined)?.line;
    // A login tells what holds behind it.
    const isLogin = step.status === "OK" && LOGINS.has(step.command);
    if (line !== undefined && (isLoggedIn(step) || isLogin)) this.behind = line;
    else if (line !== undefined) this.before = line;
    this.scene = sceneAfter(this.scene, request, status);
  }

  /** The same value as long as nothing changes. */
  private standingIn({ authenticated, mailbox }: Scene): Standing {
    const { midway, connection } = this.options;
    const loggedIn = authenticated ? "authenticated" : "notAuthenticated";
    const state = midway ? "unknown" : mailbox === undefined ? loggedIn : "selected";
    if (this.standing?.state !== state || this.standing.mailbox !== mailbox)
      this.standing = { connection, state, mailbox };
    return this.standing;
  }

  finish(endedBy: Sender | undefined): ConnectionScript {
    for (const draft of [...this.drafts]) this.putFirstAway(draft);
    const { greeting, steps, told } = this;
    const { connection, listener } = this.options;
    return {
      ...{ connection, listener, greeting, steps, told },
      closedByServer: endedBy === "server" && steps.at(-1)?.command !== "LOGOUT",
      capabilities: { before: this.before ?? greeting?.line, behind: this.behind },
    };
  }
}
