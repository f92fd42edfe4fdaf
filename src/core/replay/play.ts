/** Where one client of a replay stands, and what it is answered: as recorded, else of what was recorded, else that it was not. */
import { utf8 } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { Status } from "../imap/response.ts";
import { isKnownCommand } from "../vocabulary/commands.ts";
import { alterCapabilities, type Stage } from "./capabilities.ts";
import { type Casting, DEEDS, type Deed } from "./casting.ts";
import { missLine } from "./mismatch-text.ts";
import type { Found, Part } from "./part.ts";
import type { Outcome, Played } from "./played.ts";
import type { Request } from "./request.ts";
import type { Saying } from "./saying.ts";
import { type Scene, sceneAfter } from "./scene.ts";
import type { ReplayCrypto } from "./scram.ts";
import type { ConnectionScript, Cue, Script, Step } from "./script.ts";
import { greetingOf, speechOf } from "./speech.ts";
import { synthesise } from "./synthesise.ts";

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
  readonly onPlayed: (played: Played) => void;
}

/** A tag that can be said back. */
const SAYABLE = /^[\x21-\x7e]+$/;
const NOBODY: Scene = { authenticated: false, mailbox: undefined };

export class Play {
  readonly options: PlayOptions;
  scene = NOBODY;
  tls: boolean;
  compressed = false;
  /** Nothing more will be said. */
  over = false;
  atMicros: Micros = 0;
  private part: Part | undefined;
  private readonly deeds: Deed[] = [];
  private sayings: Saying[] = [];
  /** How many of the sayings were taken. */
  private taken = 0;

  constructor(options: PlayOptions) {
    this.options = options;
    this.tls = options.tls;
    this.part = options.casting.give();
    this.greet(this.part?.repertoire.script);
  }

  private greet(script: ConnectionScript | undefined): void {
    const greeting = script?.greeting;
    if (greeting === undefined) {
      this.say("* OK imapscope: the recording of this connection has no beginning");
      return;
    }
    this.give(greetingOf(greeting, this.stage()).sayings);
    if (greeting.name === "PREAUTH") this.scene = { ...NOBODY, authenticated: true };
    if (greeting.name === "BYE") this.close();
  }

  stage(): Stage {
    const { password, canStartTls } = this.options;
    const { tls, compressed, scene } = this;
    return { tls, canStartTls, compressed, password, authenticated: scene.authenticated };
  }

  say(line: string): void {
    this.give([{ kind: "octets", bytes: utf8(`${line}\r\n`) }]);
  }

  give(sayings: readonly Saying[]): void {
    for (const saying of sayings) this.sayings.push(saying);
  }

  close(): void {
    this.give([{ kind: "close" }]);
    this.over = true;
  }

  /** The next of what is to be said. */
  next(): Saying | undefined {
    if (this.taken < this.sayings.length) return this.sayings[this.taken++];
    this.sayings = [];
    this.taken = 0;
    return undefined;
  }

  /** Answers from the first octet to the last; gives the status with which, `undefined` where it was refused. */
  answer(request: Request): Status | undefined {
    const found = this.find(request);
    if (found !== undefined) return this.perform(request, found, ["command", "done"]);
    const how = this.synthesise(request);
    if (how !== undefined) return this.madeUp(request, how);
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
    const other = this.options.casting.change(part, this.deeds, request, scene);
    if (other === undefined) return this.options.casting.borrow(part, request, scene);
    this.part = other;
    const step = other.find(request, scene);
    return step && { step, repeated: false };
  }

  findLogin(request: Request, user?: string): Found | undefined {
    return this.part?.findLogin(request, user);
  }

  hasLogins(): boolean {
    return this.part !== undefined && this.part.repertoire.logins.length > 0;
  }

  /** Says what the recorded server said upon these cues, the last of which completes the exchange. */
  perform(request: Request, found: Found, cues: readonly Cue[]): Status | undefined {
    const altered = cues.flatMap((cue) => this.speak(request, found, cue));
    this.complete(request, found, altered);
    return found.step.status;
  }

  /** What it says on one cue; gives what of it was altered. */
  speak({ command: { tag } }: Request, { step, repeated }: Found, cue: Cue): readonly string[] {
    const { sayings, altered } = speechOf(step, { cue, tag, stage: this.stage(), repeated });
    this.give(sayings);
    return altered;
  }

  private complete(request: Request, found: Found, altered: readonly string[]): void {
    const { step, repeated } = found;
    this.part?.use(step);
    this.options.casting.use(step);
    this.done(request, { kind: "recorded", step, repeated, altered }, step.status, step);
    if (!repeated) this.speak(request, found, "after");
    const script = this.part?.repertoire.script;
    if (script?.closedByServer === true && script.steps.at(-1) === step && this.part?.isOver() === true)
      this.close();
  }

  /** Says what can be made up before the completion; gives of what it was made. */
  synthesise(request: Request): string | undefined {
    const made = synthesise(request, {
      script: this.options.script,
      own: this.part?.repertoire.script,
      scene: this.scene,
      alter: (line) => alterCapabilities(line, this.stage()).text,
    });
    if (made !== undefined) this.give(made.sayings);
    return made?.how;
  }

  /** Completes what was made up. */
  madeUp(request: Request, how: string): Status {
    this.say(`${request.command.tag} OK imapscope made this answer up: ${how}`);
    this.done(request, { kind: "synthesised", how }, "OK", undefined);
    return "OK";
  }

  /** Refuses what the capture has no answer to, and says what comes nearest. */
  miss(request: Request): void {
    const { tag, name } = request.command;
    const mismatch = this.options.casting.explain(request, this.scene, this.part?.last);
    this.say(`${tag} ${isKnownCommand(name) ? "NO" : "BAD"} ${missLine(request, mismatch)}`);
    this.done(request, { kind: "miss", mismatch }, "NO", undefined);
  }

  /** Refuses what cannot be had; `why` is a sentence without its full stop. */
  refuse(request: Request, status: "NO" | "BAD", why: string): void {
    const { tag } = request.command;
    this.say(`${SAYABLE.test(tag) ? tag : "*"} ${status} imapscope: ${why}`);
    this.done(request, { kind: "refused", why }, status, undefined);
  }

  private done(request: Request, outcome: Outcome, status: Status | undefined, step: Step | undefined): void {
    const { client, onPlayed } = this.options;
    if (this.deeds.length <= DEEDS) this.deeds.push({ request, step, scene: this.scene });
    this.scene = sceneAfter(this.scene, request, status);
    onPlayed({ client, atMicros: this.atMicros, request, outcome });
  }
}
