/** The selected mailbox, and the one that a SELECT in progress is about to select (RFC 9051 §6.3.2). */
import type { CommandOrdinal } from "../dialogue/event.ts";
import type { OpenExchange } from "../exchange/open-exchange.ts";
import type { OpenExchanges } from "../exchange/open-exchanges.ts";
import type { Boundary } from "../exchange/surroundings.ts";
import type { Response } from "../imap/response.ts";
import { copyFacts, createMailboxFacts, learnFacts, type MailboxFacts } from "./mailbox-facts.ts";
import { createMailboxView, type MailboxView } from "./mailbox-view.ts";
import type { SavedMailboxView } from "./saved-mailbox-view.ts";

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
}

export function createSelections(options: SelectionsOptions, saved?: SavedSelections): Selections {
  return new MailboxSelections(options, saved);
}

class MailboxSelections implements Selections {
  private readonly options: SelectionsOptions;
  private selected: Selection | undefined;
  private pending: Selecting | undefined = undefined;
  /** Numbers outside of any mailbox mean nothing, but must not be undefined either. Made when there are some. */
  private nowhere: MailboxView | undefined;

  constructor(options: SelectionsOptions, saved: SavedSelections | undefined) {
    this.options = options;
    if (saved === undefined) this.selected = options.midway ? unnamed() : undefined;
    else this.selected = savedSelection(saved);
    this.nowhere = saved === undefined ? undefined : createMailboxView(saved.nowhere);
  }

  save(): SavedSelections | undefined {
    const { selected, pending } = this;
    const nowhere = (this.nowhere ?? createMailboxView()).save();
    const view = selected === undefined ? nowhere : selected.view.save();
    if (pending !== undefined || nowhere === undefined || view === undefined) return undefined;
    if (selected === undefined) return { selected, view, nowhere };
    const { name, readOnly, facts } = selected;
    return { selected: { name, readOnly, facts: copyFacts(facts) }, view, nowhere };
  }

  boundary(): Boundary {
    if (this.selected === undefined) return "none";
    if (this.pending?.closed === true) return "passed";
    return this.options.enabled.has("QRESYNC") || this.options.enabled.has("IMAP4REV2")
      ? "expected"
      : "possible";
  }

  private entered(): boolean {
    if (this.pending === undefined) return false;
    const passed = this.boundary() === "none" || this.boundary() === "passed";
    return passed || (this.boundary() === "possible" && this.pending.facts.told.has("EXISTS"));
  }

  selecting(open: OpenExchanges, response: Response): Selecting | undefined {
    const [exchange] = open.named(SELECTS);
    if (exchange === undefined) return undefined;
    if (this.pending?.ordinal === exchange.ordinal) return this.pending;
    if (open.oldest() !== exchange && !beginsSelection(response)) return undefined;
    this.pending = {
      ordinal: exchange.ordinal,
      exchange,
      view: createMailboxView(),
      facts: createMailboxFacts(),
      closed: false,
    };
    return this.pending;
  }

  learn(response: Response): void {
    if (this.pending !== undefined && isClosed(response)) {
      this.pending.closed = true;
      this.pending.view = createMailboxView();
      this.pending.facts = createMailboxFacts();
    }
    if (this.pending !== undefined) learnFacts(this.pending.facts, response);
    if (this.selected !== undefined && (this.pending === undefined || this.boundary() === "expected")) {
      learnFacts(this.selected.facts, response);
    }
  }

  current(): Selection | undefined {
    return this.selected;
  }

  view(): MailboxView {
    const view = this.entered() ? this.pending?.view : this.selected?.view;
    if (view !== undefined) return view;
    this.nowhere ??= createMailboxView();
    return this.nowhere;
  }

  opened(exchange: OpenExchange, readOnly: boolean): Selection {
    const known = this.pending?.ordinal === exchange.ordinal ? this.pending : undefined;
    const { detail } = exchange.command;
    const selection: Selection = {
      name: detail.kind === "mailbox" ? detail.mailbox.name : exchange.mailbox,
      readOnly,
      view: known?.view ?? createMailboxView(),
      facts: known?.facts ?? createMailboxFacts(),
    };
    this.selected = selection;
    this.pending = undefined;
    this.nowhere = undefined;
    return selection;
  }

  closed(): void {
    this.selected = undefined;
    this.nowhere = undefined;
  }

  abandoned(exchange: OpenExchange): void {
    if (this.pending?.ordinal === exchange.ordinal) this.pending = undefined;
  }

  pendingOf(exchange: OpenExchange): Selecting | undefined {
    return this.pending?.ordinal === exchange.ordinal ? this.pending : undefined;
  }
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
