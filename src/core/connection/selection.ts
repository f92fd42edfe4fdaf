/** The selected mailbox, and the one that a SELECT in progress is about to select (RFC 9051 §6.3.2). */
import type { CommandOrdinal } from "../dialogue/event.ts";
import type { OpenExchange } from "../exchange/open-exchange.ts";
import type { OpenExchanges } from "../exchange/open-exchanges.ts";
import type { Boundary } from "../exchange/surroundings.ts";
import type { Response } from "../imap/response.ts";
import { copyFacts, createMailboxFacts, learnFacts, type MailboxFacts } from "./mailbox-facts.ts";
import { createMailboxView, type MailboxView, type SavedMailboxView } from "./mailbox-view.ts";

export interface Selection {
  /** As people read it; `undefined` where the connection was joined midway. */
  readonly name: string | undefined;
  readonly readOnly: boolean;
  readonly view: MailboxView;
  readonly facts: MailboxFacts;
}

/** A SELECT or EXAMINE at work. */
export interface Selecting {
  readonly ordinal: CommandOrdinal;
  readonly exchange: OpenExchange;
  view: MailboxView;
  facts: MailboxFacts;
  /** [CLOSED] came. */
  closed: boolean;
}

export interface Selections {
  readonly current: () => Selection | undefined;
  /** The SELECT that the server is working on as this response shows, or as the order of the commands shows. */
  readonly selecting: (open: OpenExchanges, response: Response) => Selecting | undefined;
  /** The view that numbers in responses are read with now. */
  readonly view: () => MailboxView;
  readonly boundary: () => Boundary;
  /** Takes in data about the mailbox, for the one that is selected and for the one that is about to be. */
  readonly learn: (response: Response) => void;
  /** The SELECT is over; gives what is selected from now on. */
  readonly opened: (exchange: OpenExchange, readOnly: boolean) => Selection;
  readonly closed: () => void;
  /** A SELECT is over without having opened anything. */
  readonly abandoned: (exchange: OpenExchange) => void;
  /** What is known of the SELECT at work, or of the one that this exchange is. */
  readonly pendingOf: (exchange: OpenExchange) => Selecting | undefined;
  /** Where no SELECT is at work; `undefined` where one is, or where it would be too much. */
  readonly save: () => SavedSelections | undefined;
}

export interface SavedSelections {
  readonly selected:
    | { readonly name: string | undefined; readonly readOnly: boolean; readonly facts: MailboxFacts }
    | undefined;
  /** Of the selected mailbox, or of none. */
  readonly view: SavedMailboxView;
  readonly nowhere: SavedMailboxView;
}

const SELECTS = ["SELECT", "EXAMINE"];

export interface SelectionsOptions {
  /** Joined midway: a mailbox may be selected that nobody saw. */
  readonly midway: boolean;
  readonly enabled: ReadonlySet<string>;
  readonly saved?: SavedSelections | undefined;
}

export function createSelections(options: SelectionsOptions): Selections {
  const { saved } = options;
  let selected = saved === undefined ? (options.midway ? unnamed() : undefined) : savedSelection(saved);
  let pending: Selecting | undefined;
  /** Numbers outside of any mailbox mean nothing, but must not be undefined either. */
  let nowhere = createMailboxView(saved?.nowhere);

  function boundary(): Boundary {
    if (selected === undefined) return "none";
    if (pending?.closed === true) return "passed";
    return options.enabled.has("QRESYNC") || options.enabled.has("IMAP4REV2") ? "expected" : "possible";
  }

  function entered(): boolean {
    if (pending === undefined) return false;
    const passed = boundary() === "none" || boundary() === "passed";
    return passed || (boundary() === "possible" && pending.facts.told.has("EXISTS"));
  }

  function selecting(open: OpenExchanges, response: Response): Selecting | undefined {
    const [exchange] = open.named(SELECTS);
    if (exchange === undefined) return undefined;
    if (pending?.ordinal === exchange.ordinal) return pending;
    if (open.oldest() !== exchange && !beginsSelection(response)) return undefined;
    pending = {
      ordinal: exchange.ordinal,
      exchange,
      view: createMailboxView(),
      facts: createMailboxFacts(),
      closed: false,
    };
    return pending;
  }

  function learn(response: Response): void {
    if (pending !== undefined && isClosed(response)) {
      pending.closed = true;
      pending.view = createMailboxView();
      pending.facts = createMailboxFacts();
    }
    if (pending !== undefined) learnFacts(pending.facts, response);
    if (selected !== undefined && (pending === undefined || boundary() === "expected")) {
      learnFacts(selected.facts, response);
    }
  }

  function save(): SavedSelections | undefined {
    const none = nowhere.save();
    const view = selected === undefined ? none : selected.view.save();
    if (pending !== undefined || none === undefined || view === undefined) return undefined;
    if (selected === undefined) return { selected, view, nowhere: none };
    const { name, readOnly, facts } = selected;
    return { selected: { name, readOnly, facts: copyFacts(facts) }, view, nowhere: none };
  }

  return {
    current: () => selected,
    save,
    selecting,
    view: () => (entered() ? pending?.view : selected?.view) ?? nowhere,
    boundary,
    learn,
    opened: (exchange, readOnly) => {
      const known = pending?.ordinal === exchange.ordinal ? pending : undefined;
      const { detail } = exchange.command;
      selected = {
        name: detail.kind === "mailbox" ? detail.mailbox.name : exchange.mailbox,
        readOnly,
        view: known?.view ?? createMailboxView(),
        facts: known?.facts ?? createMailboxFacts(),
      };
      pending = undefined;
      return selected;
    },
    closed: () => {
      selected = undefined;
      nowhere = createMailboxView();
    },
    abandoned: (exchange) => {
      if (pending?.ordinal === exchange.ordinal) pending = undefined;
    },
    pendingOf: (exchange) => (pending?.ordinal === exchange.ordinal ? pending : undefined),
  };
}

function savedSelection({ selected, view }: SavedSelections): Selection | undefined {
  if (selected === undefined) return undefined;
  return { ...selected, facts: copyFacts(selected.facts), view: createMailboxView(view) };
}

function unnamed(): Selection {
  return { name: undefined, readOnly: false, view: createMailboxView(), facts: createMailboxFacts() };
}

/** What only SELECT brings about shows that the server has come to it, also behind other open commands. */
function beginsSelection(response: Response): boolean {
  return isClosed(response) || (response.kind === "data" && response.name === "FLAGS");
}

export function isClosed(response: Response): boolean {
  return response.kind === "status" && response.tag === undefined && response.code?.name === "CLOSED";
}
