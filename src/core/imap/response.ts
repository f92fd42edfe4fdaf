/**
 * What a server says, as values (RFC 9051 §7). Names (statuses, response names, response codes, capabilities, atoms of the
 * grammar) are upper case as IMAP compares them without case; flags, mailbox names and texts keep their case.
 * Numbers that may exceed 2^53 (mod-sequences, X-GM-MSGID) are decimal strings.
 */
import type { BodyStructure, Envelope } from "./message-data.ts";
import type { Token } from "./token.ts";

export type Status = "OK" | "NO" | "BAD" | "PREAUTH" | "BYE";

export type Response = StatusResponse | ContinuationRequest | DataResponse | MalformedResponse;

/** `* OK …`, `tag NO …`, the greeting (RFC 9051 §7.1). */
export interface StatusResponse {
  readonly kind: "status";
  /** `undefined` for an untagged one. */
  readonly tag: string | undefined;
  readonly status: Status;
  readonly code: ResponseCode | undefined;
  readonly text: string;
}

/** `+ …` (RFC 9051 §7.6). */
export interface ContinuationRequest {
  readonly kind: "continuation";
  readonly code: ResponseCode | undefined;
  readonly text: string;
}

/** Untagged data: `* name …` or `* number name …`. */
export interface DataResponse {
  readonly kind: "data";
  /** Upper case: `FETCH`, `EXISTS`, `LIST`. */
  readonly name: string;
  /** The message number, UID (UIDFETCH) or count before the name. */
  readonly number: number | undefined;
  readonly data: ResponseData;
}

/** A line that is no response; what could be recovered of it. */
export interface MalformedResponse {
  readonly kind: "malformed";
  readonly tag: string | undefined;
  readonly name: string | undefined;
  readonly text: string;
}

/** A response code with its arguments (RFC 9051 §7.1, and the registry of response codes). */
export interface ResponseCode {
  /** Upper case. */
  readonly name: string;
  /** The arguments as they stood, without the space before them; "" where there are none. */
  readonly text: string;
  readonly data: CodeData;
}

export type CodeData =
  | { readonly kind: "none" }
  | { readonly kind: "capabilities"; readonly capabilities: readonly string[] }
  | { readonly kind: "flags"; readonly flags: readonly string[] }
  | { readonly kind: "number"; readonly value: string }
  | { readonly kind: "appendUid"; readonly uidValidity: number; readonly uids: UidSet }
  | { readonly kind: "copyUid"; readonly uidValidity: number; readonly from: UidSet; readonly to: UidSet }
  | { readonly kind: "set"; readonly set: UidSet }
  | { readonly kind: "tag"; readonly tag: string }
  | {
      readonly kind: "progress";
      readonly tag: string | undefined;
      readonly done: number | undefined;
      readonly total: number | undefined;
    }
  | { readonly kind: "tokens"; readonly tokens: readonly Token[] };

/** A set as the ranges it was written in, never expanded. `"*"` is the largest number in use. */
export type UidSet = readonly SetRange[];
export interface SetRange {
  readonly from: number | "*";
  readonly to: number | "*";
}

/** The data of an untagged response, by shape. One shape may serve several names (QUOTA, STATUS …). */
export type ResponseData =
  | { readonly kind: "count" }
  | { readonly kind: "capabilities"; readonly capabilities: readonly string[] }
  | { readonly kind: "flags"; readonly flags: readonly string[] }
  | MailboxListing
  | {
      readonly kind: "status";
      readonly mailbox: Mailbox;
      /** By item name in upper case; decimal strings, or a token's text for other items. */
      readonly items: ReadonlyMap<string, string>;
    }
  | { readonly kind: "search"; readonly numbers: readonly number[]; readonly modSeq: string | undefined }
  | EsearchData
  | { readonly kind: "thread"; readonly threads: readonly Token[] }
  | FetchData
  | { readonly kind: "vanished"; readonly earlier: boolean; readonly uids: UidSet }
  | { readonly kind: "quota"; readonly root: string; readonly resources: readonly QuotaResource[] }
  | { readonly kind: "quotaRoot"; readonly mailbox: Mailbox; readonly roots: readonly string[] }
  | {
      readonly kind: "namespace";
      readonly personal: readonly Namespace[];
      readonly otherUsers: readonly Namespace[];
      readonly shared: readonly Namespace[];
    }
  | { readonly kind: "id"; readonly fields: ReadonlyMap<string, string | null> | null }
  | {
      readonly kind: "acl";
      readonly mailbox: Mailbox;
      readonly rights: readonly (readonly [identifier: string, rights: string])[];
    }
  | { readonly kind: "myRights"; readonly mailbox: Mailbox; readonly rights: string }
  | {
      readonly kind: "listRights";
      readonly mailbox: Mailbox;
      readonly identifier: string;
      readonly rights: readonly string[];
    }
  | {
      readonly kind: "metadata";
      readonly mailbox: Mailbox;
      /** With values for a reply; entry names alone for a push (RFC 5464 §4.4). */
      readonly entries: readonly { readonly name: string; readonly value: string | null | undefined }[];
    }
  | { readonly kind: "converted"; readonly tag: string | undefined; readonly tokens: readonly Token[] }
  /** Framed, named and tokenised, not typed further. */
  | { readonly kind: "tokens"; readonly tokens: readonly Token[] };

/** A mailbox name as it stood (octets as ISO-8859-1) and as people read it (UTF-7 or UTF-8 decoded; INBOX upper case). */
export interface Mailbox {
  readonly raw: string;
  readonly name: string;
}

export interface MailboxListing {
  readonly kind: "list";
  readonly attributes: readonly string[];
  readonly delimiter: string | null;
  readonly mailbox: Mailbox;
  /** Extended data by name in upper case, e.g. CHILDINFO, OLDNAME (RFC 5258 §6). */
  readonly extended: ReadonlyMap<string, Token>;
}

export interface EsearchData {
  readonly kind: "esearch";
  readonly tag: string | undefined;
  readonly mailbox: Mailbox | undefined;
  readonly uidValidity: number | undefined;
  readonly uid: boolean;
  /** By name in upper case: MIN, MAX, COUNT, MODSEQ as text, ALL and others as tokens. */
  readonly results: ReadonlyMap<string, Token>;
}

export interface QuotaResource {
  readonly name: string;
  readonly usage: string;
  readonly limit: string;
}

export interface Namespace {
  readonly prefix: string;
  readonly delimiter: string | null;
}

/** The message data items of a FETCH or UIDFETCH response (RFC 9051 §7.5.2). */
export interface FetchData {
  readonly kind: "fetch";
  readonly items: readonly FetchItem[];
}

/** One item: its name as it stood in upper case with section and origin (`BODY[1.MIME]`, `BODY[]<0>`), and its value. */
export interface FetchItem {
  readonly name: string;
  readonly value: FetchValue;
}

export type FetchValue =
  | { readonly kind: "flags"; readonly flags: readonly string[] }
  | { readonly kind: "number"; readonly value: string }
  /** `null` for NIL. */
  | { readonly kind: "text"; readonly text: string | null }
  /** Octets of a body, header or text section; `received` of them came, `head` is kept. `null` for NIL. */
  | { readonly kind: "octets"; readonly octets: number; readonly head: Uint8Array | null }
  | { readonly kind: "envelope"; readonly envelope: Envelope }
  | { readonly kind: "bodyStructure"; readonly structure: BodyStructure }
  | { readonly kind: "tokens"; readonly tokens: readonly Token[] };
