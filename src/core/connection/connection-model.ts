/**
 * What can be known of a connection: its state as RFC 9051 §3 has it, and what is orthogonal to it: TLS, compression,
 * capabilities, enabled extensions, and the view of the selected mailbox. A fold over what the correlator has joined; the
 * transitions are a table (transitions.ts). A connection that was joined midway is `unknown` until an answer tells its state.
 */
import type { Leg, Sender } from "../base/leg.ts";
import type { ExchangeId } from "../exchange/exchange.ts";
import type { Fetched } from "../exchange/fetched.ts";
import type { OpenExchange } from "../exchange/open-exchange.ts";
import type { Response } from "../imap/response.ts";
import type { OpenEvent } from "../wire/event.ts";
import { type Capabilities, createCapabilities, type SavedCapabilities } from "./capabilities.ts";
import { learnMessages } from "./learn-messages.ts";
import { createSelections, type SavedSelections, type Selections } from "./selection.ts";
import type { ConnectionState } from "./state.ts";
import { greetedState, transitionOf } from "./transitions.ts";

/** A change of state, or of the selected mailbox. */
export interface StateChange {
  readonly from: ConnectionState;
  readonly to: ConnectionState;
  readonly mailbox: string | undefined;
  readonly readOnly: boolean;
}

export interface ConnectionModel {
  readonly midway: boolean;
  readonly state: () => ConnectionState;
  readonly capabilities: Capabilities;
  /** Upper case. */
  readonly enabled: ReadonlySet<string>;
  readonly selections: Selections;
  /** Whether the octets of a leg travel under TLS; `undefined` where that was not seen. */
  readonly tls: (leg: Leg) => boolean | undefined;
  readonly compressed: (from: Sender) => boolean;
  /** Whether NOTIFY asked for news (RFC 5465 §3). */
  readonly notify: () => boolean;
  readonly user: () => string | undefined;
  readonly isGreeted: () => boolean;
  /** Whether the server said BYE. */
  readonly saidBye: () => boolean;
  readonly opened: (event: OpenEvent) => void;
  readonly tlsBegan: (leg: Leg) => void;
  readonly deflateBegan: (from: Sender) => void;
  readonly greeted: (response: Response) => StateChange | undefined;
  /** Takes in an untagged response; `fetched` is what it is about, `exchange` the one it was attributed to. */
  readonly untagged: (
    response: Response,
    fetched: Fetched | undefined,
    exchange: ExchangeId | undefined,
  ) => StateChange | undefined;
  readonly completed: (exchange: OpenExchange, response: Response) => StateChange | undefined;
  readonly over: () => void;
  /** Where no exchange is open; `undefined` where it would be too much. */
  readonly save: () => SavedConnectionModel | undefined;
}

export interface SavedConnectionModel {
  readonly capabilities: SavedCapabilities;
  readonly selections: SavedSelections;
  readonly enabled: readonly string[];
  readonly secure: Readonly<Record<Leg, boolean | undefined>>;
  readonly deflated: Readonly<Record<Sender, boolean>>;
  readonly current: ConnectionState;
  readonly news: boolean;
  readonly name: string | undefined;
  readonly bye: boolean;
  readonly hasGreeted: boolean;
}

export function createConnectionModel(midway: boolean, saved?: SavedConnectionModel): ConnectionModel {
  return new FoldedModel(midway, saved);
}

const NONE_ENABLED: ReadonlySet<string> = new Set();

class FoldedModel implements ConnectionModel {
  readonly midway: boolean;
  readonly capabilities: Capabilities;
  readonly selections: Selections;
  /** Made with the first. */
  private enabledNames: Set<string> | undefined;
  private readonly secure: Record<Leg, boolean | undefined>;
  private readonly deflated: Record<Sender, boolean>;
  private current: ConnectionState;
  private news: boolean;
  private name: string | undefined;
  private bye: boolean;
  private hasGreeted: boolean;

  constructor(midway: boolean, saved: SavedConnectionModel | undefined) {
    this.midway = midway;
    this.capabilities = createCapabilities(saved?.capabilities);
    this.enabledNames = saved === undefined ? undefined : new Set(saved.enabled);
    this.selections = createSelections(this, saved?.selections);
    this.secure = { client: undefined, server: undefined, ...saved?.secure };
    this.deflated = { client: false, server: false, ...saved?.deflated };
    this.current = saved?.current ?? (midway ? "unknown" : "notAuthenticated");
    this.news = saved?.news ?? false;
    this.name = saved?.name;
    this.bye = saved?.bye ?? false;
    this.hasGreeted = saved?.hasGreeted ?? midway;
  }

  save(): SavedConnectionModel | undefined {
    const selections = this.selections.save();
    if (selections === undefined) return undefined;
    const { current, news, name, bye, hasGreeted } = this;
    return {
      ...{ selections, current, news, name, bye, hasGreeted },
      capabilities: this.capabilities.save(),
      enabled: [...this.enabled],
      secure: { ...this.secure },
      deflated: { ...this.deflated },
    };
  }

  get enabled(): ReadonlySet<string> {
    return this.enabledNames ?? NONE_ENABLED;
  }

  state(): ConnectionState {
    return this.current;
  }

  tls(leg: Leg): boolean | undefined {
    return this.secure[leg];
  }

  compressed(from: Sender): boolean {
    return this.deflated[from];
  }

  notify(): boolean {
    return this.news;
  }

  user(): string | undefined {
    return this.name;
  }

  isGreeted(): boolean {
    return this.hasGreeted;
  }

  saidBye(): boolean {
    return this.bye;
  }

  opened({ listener, upstream, midway }: OpenEvent): void {
    // In the middle of a connection, STARTTLS may have been done before.
    const otherwise = midway ? undefined : false;
    this.secure.client = listener.startsWith("imaps:") || otherwise;
    this.secure.server = upstream.startsWith("imaps:") || otherwise;
  }

  tlsBegan(leg: Leg): void {
    this.secure[leg] = true;
  }

  deflateBegan(from: Sender): void {
    this.deflated[from] = true;
  }

  greeted(response: Response): StateChange | undefined {
    this.hasGreeted = true;
    this.learnCapabilities(response, undefined);
    const status = response.kind === "status" ? response.status : undefined;
    this.bye = status === "BYE";
    return this.change(greetedState(status));
  }

  over(): void {
    this.current = "logout";
    this.selections.closed();
  }

  private change(to: ConnectionState): StateChange | undefined {
    const from = this.current;
    this.current = to;
    const selection = to === "selected" ? this.selections.current() : undefined;
    if (from === to && to !== "selected") return undefined;
    return { from, to, mailbox: selection?.name, readOnly: selection?.readOnly ?? false };
  }

  private learnCapabilities(response: Response, exchange: ExchangeId | undefined): void {
    if (response.kind === "status" && response.code?.data.kind === "capabilities") {
      if (response.code.name === "CAPABILITY")
        this.capabilities.learn(response.code.data.capabilities, exchange);
    } else if (response.kind === "data" && response.data.kind === "capabilities") {
      if (response.name === "CAPABILITY") this.capabilities.learn(response.data.capabilities, exchange);
      else if (response.name === "ENABLED") {
        this.enabledNames ??= new Set();
        for (const name of response.data.capabilities.slice(0, 100))
          this.enabledNames.add(name.toUpperCase());
      }
    }
  }

  untagged(
    response: Response,
    fetched: Fetched | undefined,
    exchange: ExchangeId | undefined,
  ): StateChange | undefined {
    this.learnCapabilities(response, exchange);
    this.selections.learn(response);
    learnMessages(this.selections.view(), response, fetched);
    if (response.kind !== "status" || response.status !== "BYE") return undefined;
    this.bye = true;
    return this.change("logout");
  }

  completed(exchange: OpenExchange, response: Response): StateChange | undefined {
    const status = response.kind === "status" ? response.status : undefined;
    this.learnCapabilities(response, exchange.id);
    const transition = transitionOf(exchange.commandName, status, this.current);
    if (transition.voidsCapabilities) {
      this.capabilities.invalidate(exchange.commandName === "STARTTLS" ? undefined : exchange.id);
    }
    if (transition.resets) {
      this.enabledNames = undefined;
      this.news = false;
      this.name = undefined;
    }
    this.remember(exchange, status === "OK");
    if (transition.mailbox === "open") {
      this.selections.learn(response);
      this.selections.opened(exchange, isReadOnly(exchange, response));
    } else {
      this.selections.abandoned(exchange);
      if (transition.mailbox === "close") this.selections.closed();
    }
    return transition.to === undefined || this.bye ? undefined : this.change(transition.to);
  }

  private remember(exchange: OpenExchange, accepted: boolean): void {
    const { detail } = exchange.command;
    if (!accepted) return;
    if (detail.kind === "notify") this.news = detail.set;
    if (detail.kind === "login") this.name = detail.user;
  }
}

/** EXAMINE opens for reading only; for SELECT the server says so (RFC 9051 §6.3.2, §6.3.3). */
function isReadOnly(exchange: OpenExchange, response: Response): boolean {
  return (
    exchange.commandName === "EXAMINE" || (response.kind === "status" && response.code?.name === "READ-ONLY")
  );
}
