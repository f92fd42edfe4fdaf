/**
 * The shape of the vocabulary: one row for every name that the RFCs, or servers in the wild, put on the wire. Names are
 * upper case, as IMAP compares them without case (RFC 9051 §9); flags keep the case in which the RFCs write them.
 */

/** A state in which a command may be legal (RFC 9051 §3). */
export type CommandState = "notAuthenticated" | "authenticated" | "selected";

interface Entry {
  readonly name: string;
  /** Where it is defined, as `RFC nnnn §x.y`; `undefined` for what no RFC defines. */
  readonly rfc: string | undefined;
  /** One plain sentence on what it is for. */
  readonly words: string;
}

export interface CommandEntry extends Entry {
  /** The states in which it is legal. */
  readonly states: readonly CommandState[];
  /**
   * Capabilities of which the server must advertise one; empty where IMAP4rev1 itself has the command. One that ends in
   * `=` stands for every capability that begins so.
   */
  readonly capabilities: readonly string[];
  /** Names of the untagged responses that answer it. What may merely come during it is not listed. */
  readonly solicits: readonly string[];
  /** Response codes that answer it, in its tagged response or, where the code's own row says so, in an untagged one. */
  readonly codes: readonly string[];
  /** Whether the server may send EXPUNGE or VANISHED while it runs (RFC 9051 §5.5, §7.5.1). */
  readonly mayExpunge: boolean;
  /** Whether its set argument holds message sequence numbers. Search keys may hold them too and are not meant here. */
  readonly usesSequenceNumbers: boolean;
  /** Whether one of its arguments is a mailbox name. */
  readonly takesMailbox: boolean;
  /** A later RFC removed it. */
  readonly obsolete: boolean;
}

/**
 * Whether a server may send it of its own accord (RFC 9051 §5.2, §5.3): `always`, `notify` only where NOTIFY or
 * CONTEXT asked for it (RFC 5465, RFC 5267), `enabled` only once an extension is enabled, or `never`.
 */
export type Pushable = "always" | "notify" | "enabled" | "never";

/** A row as it is written down; who solicits it is in the rows of the commands. */
export interface ResponseRow extends Entry {
  /** `number`: the name follows a number (`* 3 EXISTS`). */
  readonly form: "name" | "number" | "status";
  readonly pushable: Pushable;
}

export interface ResponseEntry extends ResponseRow {
  /** The commands that it answers, derived from their rows. */
  readonly solicitedBy: readonly string[];
}

export type CodePlace = "tagged" | "untagged" | "greeting" | "bye" | "continuation";

export interface CodeRow extends Entry {
  /** In which status responses it stands. */
  readonly where: readonly CodePlace[];
}

export interface CodeEntry extends CodeRow {
  /** The commands that it answers, derived from their rows; empty where any command may meet it. */
  readonly solicitedBy: readonly string[];
}

/** A row as it is written down. A name that ends in `=` stands for every capability that begins so. */
export type CapabilityRow = Entry;

export interface CapabilityEntry extends CapabilityRow {
  /** The commands that need it (or that may need another one instead), derived from their rows. */
  readonly allows: readonly string[];
}

export type FlagUse = "flag" | "keyword" | "mailboxAttribute";

export interface FlagEntry extends Entry {
  readonly uses: readonly FlagUse[];
}

export type DataItemUse = "fetch" | "status";

/** An item that FETCH or STATUS asks for; a section (`BODY[1]`) is not part of its name. */
export interface DataItemEntry extends Entry {
  readonly uses: readonly DataItemUse[];
}
