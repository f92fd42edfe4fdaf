/** The way of a played client to the server: dialling, TLS, and the login with credentials of its own. */
import { utf8 } from "../core/base/octets.ts";
import { type Credentials, loginFor } from "../core/replay/as-client-login.ts";
import type { ClientStep } from "../core/replay/as-client-script.ts";
import type { WireEvent } from "../core/wire/event.ts";
import type { Clock } from "./clock.ts";
import type { Conversation } from "./conversation.ts";
import { type Endpoint, formatEndpoint, formatHostPort, isLoopback } from "./endpoint.ts";
import { beginTls } from "./server-leg.ts";
import { tlsEvent } from "./tls-facts.ts";
import type { Dialler, ServerLeg } from "./upstream.ts";
import { mayBePlain } from "./upstream-failure.ts";

export interface ReplayClientOptions {
  readonly upstream: Endpoint;
  readonly dialler: Dialler;
  readonly clock: Clock;
  readonly credentials: Credentials | undefined;
  readonly plainUpstream: boolean;
  /** How long the server may say nothing. */
  readonly timeoutMs: number;
  /** How long IDLE lasts at most, where what was pushed then does not come now. */
  readonly idleMs: number;
  /** Waits before each command as the recorded client did, up to so long; without it nothing waits longer than it must. */
  readonly longestGapMs?: number | undefined;
  /** Tries also logins that were refused: for a server that counts no wrong secrets. */
  readonly refusedLogins?: boolean | undefined;
  readonly signal: AbortSignal;
  /** Gets the masked events of the new connections, which have the numbers of the recorded ones. */
  readonly emit: (event: WireEvent) => void;
}

/** Of the commands that imapscope adds itself. */
const OWN_TAG = "imapscope";

export class ServerAccess {
  private readonly talk: Conversation;
  private readonly options: ReplayClientOptions;
  private leg: ServerLeg | undefined;
  isSecure = false;

  constructor(talk: Conversation, options: ReplayClientOptions) {
    this.talk = talk;
    this.options = options;
  }

  /** Gives why it failed. */
  async open(): Promise<string | undefined> {
    const { talk, options } = this;
    const { dialler, upstream, signal } = options;
    const plain = await dialler.connect(signal);
    const leg = plain.kind === "failed" ? plain : await dialler.complete(plain, signal);
    if (leg.kind === "failed") return `${leg.failure.sentence}. ${leg.failure.hint}`;
    const { localAddress = "", localPort = 0 } = leg.raw;
    const url = formatEndpoint(upstream);
    const client = formatHostPort(localAddress, localPort);
    talk.tell({ kind: "open", ...talk.place(), client, listener: url, upstream: url, midway: false });
    this.over(leg);
    return undefined;
  }

  private over(leg: ServerLeg): void {
    const { talk } = this;
    this.leg = leg;
    this.isSecure = leg.tls !== undefined;
    if (leg.tls !== undefined)
      talk.tell(tlsEvent(leg.tls.socket, { ...talk.place(), leg: "server" }, leg.tls));
    talk.attach(leg.stream, leg.raw);
  }

  /** Behind an accepted STARTTLS. */
  async beginTls(tag: string): Promise<void> {
    const { talk, options, leg } = this;
    await talk.until(() => talk.completionOf(tag) !== undefined);
    if (leg === undefined || !talk.startsTls) return;
    leg.stream.removeAllListeners("data");
    const secured = await beginTls(leg, options.dialler, options.signal);
    if (secured.kind === "failed") {
      talk.dropped(secured.clearOctets ?? 0);
      talk.fail(`${secured.failure.sentence}. ${secured.failure.hint}`);
      return;
    }
    talk.tlsBegun();
    this.over(secured);
  }

  async logIn(step: ClientStep): Promise<void> {
    const { talk, options } = this;
    const { credentials } = options;
    if (credentials === undefined) {
      talk.fail("there are no credentials to log in with");
      return;
    }
    await this.secureFirst();
    if (talk.closed) return;
    if (!this.isSecure && !mayBePlain(this.leg?.raw.remoteAddress, options.plainUpstream)) {
      talk.fail(
        "the credentials would go to it unencrypted: it offers no STARTTLS (--plain-upstream allows it)",
      );
      return;
    }
    const login = loginFor(step, talk.capabilities, credentials);
    if (login.kind === "impossible") {
      talk.fail(login.why);
      return;
    }
    const isOver = (): boolean => talk.completionOf(step.tag) !== undefined;
    for (const part of login.parts) {
      const before = talk.continuations;
      talk.send(part);
      await talk.until(() => talk.continuations > before || isOver());
      if (isOver() || talk.closed) break;
      if (part === login.parts.at(-1)) talk.send(login.refused);
    }
    if (!(await talk.until(isOver))) return;
    const { status, text } = talk.completionOf(step.tag) ?? { status: "", text: "" };
    // Nothing else of the text: a server may repeat what it was sent.
    const [code = ""] = /^\[[A-Z-]+/i.exec(text) ?? [];
    if (status !== "OK" && step.status === "OK")
      talk.fail(`it refuses the credentials: ${status}${code && ` ${code}]`}`);
  }

  /** What was recorded over TLS does not log in without, where there is STARTTLS. */
  private async secureFirst(): Promise<void> {
    const { talk, leg } = this;
    if (this.isSecure || isLoopback(leg?.raw.remoteAddress ?? "")) return;
    if (talk.capabilities.size === 0) await this.own("CAPABILITY");
    if (!talk.capabilities.has("STARTTLS")) return;
    await this.own("STARTTLS");
    await this.beginTls(OWN_TAG);
    await this.own("CAPABILITY");
  }

  private async own(command: string): Promise<void> {
    const { talk } = this;
    talk.forget(OWN_TAG);
    talk.send(utf8(`${OWN_TAG} ${command}\r\n`));
    await talk.until(() => talk.completionOf(OWN_TAG) !== undefined);
  }
}
