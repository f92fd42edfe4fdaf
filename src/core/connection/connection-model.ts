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
import { learnFetch, learnMessages } from "./learn-messages.ts";
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
  /** Takes in a FETCH response of which only this is known. */
  readonly fetched: (fetched: Fetched) => void;
  readonly completed: (exchange: OpenExchange, response: Response) => StateChange | undefined;
  readonly over: () => void;
  /** Where no exchange is open; `undefined` where it would be too much. */
  readonly save: () => SavedConnectionModel | undefined;
}

export interface SavedConnectionModel {
  readonly capabilities: SavedCapabilities;
  readonly selections: SavedSelections;
  readonly enabled: readonly string[];
  readonly tls: readonly (readonly [Leg, boolean])[];
  readonly compressed: readonly Sender[];
  readonly state: ConnectionState;
  readonly notify: boolean;
  readonly user: string | undefined;
  readonly bye: boolean;
  readonly greeted: boolean;
}

export function createConnectionModel(midway: boolean, saved?: SavedConnectionModel): ConnectionModel {
  const capabilities = createCapabilities(saved?.capabilities);
  const enabled = new Set<string>(saved?.enabled);
  const selections = createSelections({ midway, enabled, saved: saved?.selections });
  const tls = new Map<Leg, boolean>(saved?.tls);
  const compressed = new Set<Sender>(saved?.compressed);
  let state: ConnectionState = saved?.state ?? (midway ? "unknown" : "notAuthenticated");
  let notify = saved?.notify ?? false;
  let user = saved?.user;
  let bye = saved?.bye ?? false;
  let greeted = saved?.greeted ?? midway;

  function change(to: ConnectionState): StateChange | undefined {
    const from = state;
    state = to;
    const selection = to === "selected" ? selections.current() : undefined;
    if (from === to && to !== "selected") return undefined;
    return { from, to, mailbox: selection?.name, readOnly: selection?.readOnly ?? false };
  }

  function learnCapabilities(response: Response, exchange: ExchangeId | undefined): void {
    if (response.kind === "status" && response.code?.data.kind === "capabilities") {
      if (response.code.name === "CAPABILITY") capabilities.learn(response.code.data.capabilities, exchange);
    } else if (response.kind === "data" && response.data.kind === "capabilities") {
      if (response.name === "CAPABILITY") capabilities.learn(response.data.capabilities, exchange);
      else if (response.name === "ENABLED") {
        for (const name of response.data.capabilities.slice(0, 100)) enabled.add(name.toUpperCase());
      }
    }
  }

  function untagged(
    response: Response,
    fetched: Fetched | undefined,
    exchange: ExchangeId | undefined,
  ): StateChange | undefined {
    learnCapabilities(response, exchange);
    selections.learn(response);
    learnMessages(selections.view(), response, fetched);
    if (response.kind !== "status" || response.status !== "BYE") return undefined;
    bye = true;
    return change("logout");
  }

  function completed(exchange: OpenExchange, response: Response): StateChange | undefined {
    const status = response.kind === "status" ? response.status : undefined;
    learnCapabilities(response, exchange.id);
    const transition = transitionOf(exchange.commandName, status, state);
    if (transition.voidsCapabilities) {
      capabilities.invalidate(exchange.commandName === "STARTTLS" ? undefined : exchange.id);
    }
    if (transition.resets) {
      enabled.clear();
      notify = false;
      user = undefined;
    }
    remember(exchange, status === "OK");
    if (transition.mailbox === "open") {
      selections.learn(response);
      selections.opened(exchange, isReadOnly(exchange, response));
    } else {
      selections.abandoned(exchange);
      if (transition.mailbox === "close") selections.closed();
    }
    return transition.to === undefined || bye ? undefined : change(transition.to);
  }

  function remember(exchange: OpenExchange, accepted: boolean): void {
    const { detail } = exchange.command;
    if (!accepted) return;
    if (detail.kind === "notify") notify = detail.set;
    if (detail.kind === "login") user = detail.user;
  }

  return {
    midway,
    state: () => state,
    capabilities,
    enabled,
    selections,
    tls: (leg) => tls.get(leg),
    compressed: (from) => compressed.has(from),
    notify: () => notify,
    user: () => user,
    isGreeted: () => greeted,
    saidBye: () => bye,
    opened: (event) => {
      tls.set("client", event.listener.startsWith("imaps:"));
      tls.set("server", event.upstream.startsWith("imaps:"));
      // In the middle of a connection, STARTTLS may have been done before.
      if (!event.midway) return;
      for (const [leg, secure] of tls) if (!secure) tls.delete(leg);
    },
    tlsBegan: (leg) => void tls.set(leg, true),
    deflateBegan: (from) => void compressed.add(from),
    greeted: (response) => {
      greeted = true;
      learnCapabilities(response, undefined);
      const status = response.kind === "status" ? response.status : undefined;
      bye = status === "BYE";
      return change(greetedState(status));
    },
    untagged,
    fetched: (fetched) => learnFetch(selections.view(), fetched),
    completed,
    over: () => {
      state = "logout";
      selections.closed();
    },
    save: () => {
      const savedSelections = selections.save();
      if (savedSelections === undefined) return undefined;
      return {
        ...{ state, notify, user, bye, greeted, selections: savedSelections },
        capabilities: capabilities.save(),
        enabled: [...enabled],
        tls: [...tls],
        compressed: [...compressed],
      };
    },
  };
}

/** EXAMINE opens for reading only; for SELECT the server says so (RFC 9051 §6.3.2, §6.3.3). */
function isReadOnly(exchange: OpenExchange, response: Response): boolean {
  return (
    exchange.commandName === "EXAMINE" || (response.kind === "status" && response.code?.name === "READ-ONLY")
  );
}
