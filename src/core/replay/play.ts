/** Where one client of a replay stands, and what it is answered: as recorded, else of what was recorded, else that it was not. */
import { LIMITS } from "../base/limits.ts";
import { fromLatin1 } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { Status } from "../imap/response.ts";
import { isKnownCommand } from "../vocabulary/commands.ts";
import { alterCapabilities, type Stage } from "./capabilities.ts";
import type { Casting, Deed } from "./casting.ts";
import type { Mismatch } from "./mismatch.ts";
import { missLine } from "./mismatch-text.ts";
import type { Found, Part } from "./part.ts";
import type { Outcome, Played } from "./played.ts";
import type { Request } from "./request.ts";
import type { Saying } from "./saying.ts";
import { type Scene, sceneAfter } from "./scene.ts";
import type { ReplayCrypto } from "./scram.ts";
import type { ConnectionScript, Cue, Script, Step } from "./script.ts";
import { greetingOf, speechOf, tagOf } from "./speech.ts";
import { type Synthesis, synthesise } from "./synthesise.ts";

export interface PlayOptions {
  /** Numbers the clients of the replay from 1. */
  readonly client: number;
  readonly script: Script;
  readonly casting: Casting;
  readonly crypto: ReplayCrypto;
  /** For mechanisms in which the server must know it. */
  readonly password: string | undefined;
  /** Whether TLS runs already, and whether it may begin by STARTTLS. */
  readonly tls: boolean;
  readonly canStartTls: boolean;
  /** When the client has connected, on the clock of the replay. */
  readonly atMicros: Micros;
  readonly onPlayed: (played: Played) => void;
  /** What of the greeting was altered, in words; not called where nothing was. */
  readonly onGreetingAltered: (altered: readonly string[]) => void;
}

/** FETCHes of a connection that are compared with the recorded ones although they could be answered. */
const COMPARED = 20;
const NOBODY: Scene = { authenticated: false, mailbox: undefined };

export class Play {
  readonly options: PlayOptions;
  scene = NOBODY;
  tls: boolean;
  compressed = false;
  /** Nothing more will be said. */
  over = false;
  atMicros: Micros;
  private part: Part | undefined;
  private compared = 0;
  /** `undefined` when they were too many to begin anew. */
  private deeds: Deed[] | undefined = [];
  private deedOctets = 0;
  /** What is to be said, the first of it at `taken`. */
  private sayings: Iterator<Saying>[] = [];
  private taken = 0;

  constructor(options: PlayOptions) {
    this.options = options;
    this.tls = options.tls;
    this.atMicros = options.atMicros;
    this.part = options.casting.give();
    this.greet(this.part?.repertoire.script);
  }

  private greet(script: ConnectionScript | undefined): void {
    const greeting = script?.greeting;
    if (greeting === undefined) {
      this.say("* OK imapscope: the recording of this connection has no beginning");
      return;
    }
    const { sayings, altered } = greetingOf(greeting, this.stage());
    this.give(sayings);
    if (altered.length > 0) this.options.onGreetingAltered(altered);
    if (greeting.name === "PREAUTH") this.scene = { ...NOBODY, authenticated: true };
    if (greeting.name === "BYE") this.close();
  }

  stage(): Stage {
    const { password, canStartTls } = this.options;
    const { tls, compressed, scene } = this;
    return { tls, canStartTls, compressed, password, authenticated: scene.authenticated };
  }

  /** A line of ISO-8859-1, in which the octets of a tag are what they were. */
  say(line: string): void {
    this.give([{ kind: "octets", bytes: fromLatin1(`${line}\r\n`) }]);
  }

  give(sayings: Iterable<Saying>): void {
    this.sayings.push(sayings[Symbol.iterator]());
  }

  close(): void {
    this.give([{ kind: "close" }]);
    this.over = true;
  }

  /** The next of what is to be said. */
  next(): Saying | undefined {
    for (let first = this.sayings[this.taken]; first !== undefined; first = this.sayings[++this.taken]) {
      const { done, value } = first.next();
      if (done !== true) return value;
    }
    this.sayings = [];
    this.taken = 0;
    return undefined;
  }

  /** Answers from the first octet to the last; gives the status with which, `undefined` where it was refused. */
  answer(request: Request): Status | undefined {
    const found = this.find(request);
    if (found !== undefined) return this.perform(request, found, ["command", "done"]);
    const made = this.synthesise(request);
    if (made !== undefined) return this.madeUp(request, made.how, made.step);
    this.miss(request);
    return undefined;
  }

  /** Whether the recorded server refused this command before its literal came, which then must not come here either. */
  refusesLiteral(request: Request): boolean {
    return this.part?.find(request, this.scene)?.request.isRefused === true;
  }

  /** The recorded exchange that answers. */
  find(request: Request): Found | undefined {
    const { part, scene } = this;
    if (part === undefined) return undefined;
    const own = part.find(request, scene);
    if (own !== undefined) return { step: own, repeated: false };
    const again = part.findAgain(request, scene);
    if (again !== undefined) return { step: again, repeated: true };
    const other = this.options.casting.change(part, this.deeds, (each) => each.find(request, scene));
    if (other === undefined) return this.options.casting.borrow(part, request, scene);
    this.part = other.part;
    return { step: other.step, repeated: false };
  }

  /** The recorded login that answers; the client goes on in its connection. */
  findLogin(request: Request, user: string | undefined): Found | undefined {
    const { part, deeds } = this;
    const cast = part && this.options.casting.login(part, deeds, request, user);
    this.part = cast?.part ?? part;
    return cast?.found;
  }

  findOwnLogin(request: Request): Found | undefined {
    return this.part?.findLogin(request);
  }

  /** Says what the recorded server said upon these cues, the last of which completes the exchange; `own` is what was not recorded of it. */
  perform(
    request: Request,
    found: Found,
    cues: readonly Cue[],
    own: readonly string[] = [],
  ): Status | undefined {
    const altered = cues.flatMap((cue) => this.speak(request, found, cue));
    this.complete(request, found, [...own, ...altered]);
    return found.step.status;
  }

  /** What it says on one cue; gives what of it was altered. */
  speak(request: Request, { step, repeated }: Found, cue: Cue): readonly string[] {
    const { sayings, altered } = speechOf(step, { cue, tag: tagOf(request), stage: this.stage(), repeated });
    this.give(sayings);
    return altered;
  }

  private complete(request: Request, found: Found, altered: readonly string[]): void {
    const { step, repeated } = found;
    this.use(step);
    this.done(request, { kind: "recorded", step, repeated, altered }, step.status, step);
    if (!repeated) this.speak(request, found, "after");
    const script = this.part?.repertoire.script;
    if (script?.closedByServer === true && script.steps.at(-1) === step && this.part?.isOver() === true)
      this.close();
  }

  private use(step: Step): void {
    this.part?.use(step);
    this.options.casting.use(step);
  }

  /** Says what can be made up before the completion; gives of what it was made, and the exchange that has thereby been played. */
  synthesise(request: Request): { readonly how: string; readonly step: Step | undefined } | undefined {
    const { part, scene } = this;
    const step = part?.findMore(request, scene);
    const made: Synthesis | undefined = synthesise(request, {
      script: this.options.script,
      own: part?.repertoire.script,
      scene,
      more: step,
      toldUpTo: part?.toldUpTo ?? 0,
      alter: (line) => alterCapabilities(line, this.stage()).text,
    });
    if (made === undefined) return undefined;
    this.give(made.sayings);
    return { how: made.how, step };
  }

  /** Completes what was made up; `step` has been played by that. */
  madeUp(request: Request, how: string, step?: Step): Status {
    const { name } = request.command;
    const compares = step === undefined && /^(UID )?FETCH$/.test(name) && this.compared++ < COMPARED;
    const mismatch = compares ? this.explain(request) : undefined;
    if (step !== undefined) this.use(step);
    this.say(`${tagOf(request)} OK imapscope made this answer up: ${how}`);
    this.done(request, { kind: "synthesised", how, step, mismatch }, "OK", undefined);
    return "OK";
  }

  private explain(request: Request): Mismatch {
    return this.options.casting.explain(request, this.scene, this.part?.last);
  }

  /** Refuses what the capture has no answer to, and says what comes nearest. */
  miss(request: Request): void {
    const { name } = request.command;
    const mismatch = this.explain(request);
    this.say(`${tagOf(request)} ${isKnownCommand(name) ? "NO" : "BAD"} ${missLine(request, mismatch)}`);
    this.done(request, { kind: "miss", mismatch }, "NO", undefined);
  }

  /** Refuses what cannot be had; `why` is a sentence without its full stop. */
  refuse(request: Request, status: "NO" | "BAD", why: string): void {
    this.say(`${tagOf(request)} ${status} imapscope: ${why}`);
    this.done(request, { kind: "refused", why }, status, undefined);
  }

  private done(request: Request, outcome: Outcome, status: Status | undefined, step: Step | undefined): void {
    const { client, onPlayed } = this.options;
    this.remember({ request, step, scene: this.scene });
    this.scene = sceneAfter(this.scene, request, status);
    onPlayed({ client, atMicros: this.atMicros, request, outcome });
  }

  private remember(deed: Deed): void {
    this.deedOctets += deed.request.octets;
    if (this.deeds?.length === LIMITS.deedsKept || this.deedOctets > LIMITS.deedsKeptOctets)
      this.deeds = undefined;
    this.deeds?.push(deed);
  }
}
