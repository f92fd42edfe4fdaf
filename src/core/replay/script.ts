/**
 * What a capture says as the script of a server: for each recorded connection its greeting and, one after the other, what the
 * client asked and what the server said to it. A script holds no octets of the server but short lines that may have to be
 * altered; else it says where in the server's stream they stand. A step may read itself again from where it was put away, so ask
 * for its request or replies once and not over and over: so a large capture is served in bounded memory.
 */
import type { ConnectionId } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import type { ConnectionState } from "../connection/state.ts";
import type { ExchangeId } from "../exchange/exchange.ts";
import type { Status } from "../imap/response.ts";
import type { Request } from "./request.ts";

/** A half-open run of the octets that the server sent on a recorded connection, counted from its first. */
export interface ServerRun {
  readonly connection: ConnectionId;
  readonly from: number;
  readonly to: number;
}

/** When a reply is due, in the course of the exchange that it belongs to. */
export type Cue =
  /** When the whole command is there; of IDLE and AUTHENTICATE when their `+` lines are behind. */
  | "command"
  /** When DONE has ended IDLE. */
  | "done"
  /** When the exchange is over and the client may have said nothing since. */
  | "after";

/** One response of the recorded server. Continuation requests are none: whoever plays the script says these himself. */
export interface Reply {
  readonly cue: Cue;
  /** Since what it is due upon (the command, DONE, the completion), as it was recorded. */
  readonly delayMicros: Micros;
  /** The whole response with its literals and line ends. */
  readonly run: ServerRun;
  /** Upper case: `FETCH`, `EXISTS`, `OK`; "" where it could not be read. */
  readonly name: string;
  /** The tagged completion. */
  readonly tagged: boolean;
  /**
   * Where in the run the recorded tag stands, to be replaced by the client's own: 0 in a tagged response, more in the TAG of an
   * ESEARCH (RFC 9051 §7.3.4).
   */
  readonly tagAt: number | undefined;
  /** All its octets, where it lists capabilities, which may have to be altered. */
  readonly line: Uint8Array | undefined;
}

/** A recorded exchange, as something to answer with. */
export interface Step {
  /** As `view` numbers it. */
  readonly id: ExchangeId;
  readonly connection: ConnectionId;
  readonly atMicros: Micros;
  /** The name of its command: asking for it costs less than reading the whole request. */
  readonly command: string;
  readonly request: Request;
  /** The recorded tag, as it stands in the octets of the tagged reply. */
  readonly tag: string;
  readonly state: ConnectionState;
  /** The mailbox that was selected when the command was sent, as people read it. */
  readonly mailbox: string | undefined;
  readonly replies: readonly Reply[];
  /** Of the completion; `undefined` where none was recorded. */
  readonly status: Status | undefined;
}

export interface CapabilityLines {
  readonly before: Uint8Array | undefined;
  readonly behind: Uint8Array | undefined;
}

export interface ConnectionScript {
  readonly connection: ConnectionId;
  /** The URL on which it came in: whether TLS was there from the start. */
  readonly listener: string;
  /** `undefined` where the recording began midway. */
  readonly greeting: Reply | undefined;
  readonly steps: readonly Step[];
  /** The server ended the connection although nobody had asked it to. */
  readonly closedByServer: boolean;
  /** The lines that listed capabilities last, for a client that is not logged in, and for one that is. */
  readonly capabilities: CapabilityLines;
  /** The last exchange that was OK of each command whose answer may be given to another of that name. */
  readonly told: ReadonlyMap<string, Step>;
}

/** What was recorded of messages, for a client that asks for less than the recorded one, or for the same otherwise. */
export interface RecordedMessages {
  /** The message data items of one message by their names (`FLAGS`, `BODY[HEADER]`) with where their values stand. */
  readonly find: (mailbox: string, by: "uid" | "number", number: number) => RecordedMessage | undefined;
  /** What `*` stands for; `undefined` where nothing is known of the mailbox. */
  readonly largest: (mailbox: string, by: "uid" | "number") => number | undefined;
  /** The known numbers within an inclusive range, ascending. */
  readonly within: (mailbox: string, by: "uid" | "number", from: number, to: number) => Iterable<number>;
}

export interface RecordedMessage {
  readonly number: number | undefined;
  readonly uid: number | undefined;
  readonly items: ReadonlyMap<string, RecordedItem>;
}

/** Where the value of an item stands, each time that it was told: the last time first. */
export interface RecordedItem {
  readonly run: ServerRun;
  readonly before: RecordedItem | undefined;
}

export interface Script {
  /** In the order in which they were opened. */
  readonly connections: readonly ConnectionScript[];
  readonly messages: RecordedMessages;
  /** The hierarchy delimiter that a LIST told; `undefined` where none did. */
  readonly delimiter: string | undefined;
  /** What of the capture cannot be played, each in a sentence: opaque octets, what was left out. */
  readonly problems: readonly string[];
}
