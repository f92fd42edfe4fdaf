/**
 * The steps of a script as they are kept: a few numbers each, and a record on a shelf that is read when somebody asks. What was
 * read last is kept, because whoever asks asks for several things.
 */

import type { ConnectionId } from "../base/leg.ts";
import { LIMITS } from "../base/limits.ts";
import type { Micros } from "../base/time.ts";
import type { ExchangeId } from "../exchange/exchange.ts";
import type { Status } from "../imap/response.ts";
import type { Step } from "./script.ts";
import type { Shelf } from "./shelf.ts";
import { type ReadRecord, readRecord, type StepRecord, writeRecord } from "./step-record.ts";

/** What steps that follow each other have in common. */
export interface Standing extends Pick<Step, "connection" | "state" | "mailbox"> {}

/** What many steps have in common. */
interface Kind {
  readonly command: string;
  readonly status: Status | undefined;
}

export class StepStore {
  private readonly shelf: Shelf;
  private readonly kinds = new Map<string, Kind>();
  /** By places, the one that was asked for longest ago first. */
  private readonly recent = new Map<number, { readonly read: ReadRecord; readonly octets: number }>();
  private recentOctets = 0;

  constructor(shelf: Shelf) {
    this.shelf = shelf;
  }

  put(id: ExchangeId, command: string, status: Status | undefined, record: StepRecord): RecordedStep {
    const kind = this.kindOf(command, status);
    return new RecordedStep(this, id, kind, record.atMicros, this.shelf.put(writeRecord(record)));
  }

  get(place: number, connection: ConnectionId): ReadRecord {
    const known = this.recent.get(place);
    if (known !== undefined) return known.read;
    const bytes = this.shelf.get(place);
    const read = readRecord(bytes, connection);
    this.recent.set(place, { read, octets: bytes.length });
    this.recentOctets += bytes.length;
    this.forget();
    return read;
  }

  private forget(): void {
    for (const [place, { octets }] of this.recent) {
      const few = this.recent.size <= LIMITS.recordsKept && this.recentOctets <= LIMITS.recordsKeptOctets;
      if (few || this.recent.size === 1) return;
      this.recent.delete(place);
      this.recentOctets -= octets;
    }
  }

  private kindOf(command: string, status: Status | undefined): Kind {
    const key = `${command} ${status ?? ""}`;
    const known = this.kinds.get(key);
    if (known !== undefined) return known;
    const kind = { command, status };
    // Names that a peer made up may be of any number.
    if (this.kinds.size < LIMITS.recordsKept) this.kinds.set(key, kind);
    return kind;
  }
}

const NOWHERE: Standing = { connection: 0, state: "unknown", mailbox: undefined };

export class RecordedStep implements Step {
  readonly id: ExchangeId;
  readonly atMicros: Micros;
  /** Known when all that was recorded before it is. */
  standing: Standing = NOWHERE;
  private readonly store: StepStore;
  private readonly kind: Kind;
  private readonly place: number;

  constructor(store: StepStore, id: ExchangeId, kind: Kind, atMicros: Micros, place: number) {
    this.store = store;
    this.id = id;
    this.kind = kind;
    this.atMicros = atMicros;
    this.place = place;
  }

  get command(): string {
    return this.kind.command;
  }

  get status(): Status | undefined {
    return this.kind.status;
  }

  get connection(): ConnectionId {
    return this.standing.connection;
  }

  get state(): Step["state"] {
    return this.standing.state;
  }

  get mailbox(): string | undefined {
    return this.standing.mailbox;
  }

  get tag(): string {
    return this.read().tag;
  }

  get replies(): Step["replies"] {
    return this.read().replies;
  }

  get request(): Step["request"] {
    return this.read().request();
  }

  private read(): ReadRecord {
    return this.store.get(this.place, this.connection);
  }
}
