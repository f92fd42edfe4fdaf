/**
 * What a client asks for, as values (RFC 9051 §6). Names are upper case; a UID command has its prefix in the name
 * (`UID FETCH`). Arguments that an RFC does not type stay tokens.
 */
import type { Mailbox, UidSet } from "./response.ts";
import type { Token } from "./token.ts";

export interface Command {
  /** Case-sensitive; "" where the line has none. */
  readonly tag: string;
  /** Upper case, e.g. `SELECT`, `UID FETCH`; "" where the line has none. */
  readonly name: string;
  readonly uid: boolean;
  /** All arguments as tokens, masked where they were secret. */
  readonly arguments: readonly Token[];
  readonly detail: CommandDetail;
}

export type CommandDetail =
  | { readonly kind: "login"; readonly user: string | undefined }
  | { readonly kind: "authenticate"; readonly mechanism: string; readonly initialResponse: boolean }
  /** SELECT, EXAMINE and other commands whose first argument is a mailbox; `target` for RENAME. */
  | {
      readonly kind: "mailbox";
      readonly mailbox: Mailbox;
      readonly target: Mailbox | undefined;
      /** Parameters of SELECT and EXAMINE in upper case: CONDSTORE, QRESYNC. */
      readonly parameters: readonly string[];
    }
  /** LIST, LSUB, XLIST (RFC 9051 §6.3.9, RFC 5258, RFC 5819). */
  | {
      readonly kind: "list";
      readonly reference: Mailbox;
      readonly patterns: readonly Mailbox[];
      readonly selection: readonly string[];
      /** Return options in upper case, e.g. STATUS, MYRIGHTS, SUBSCRIBED. */
      readonly returns: readonly string[];
    }
  | { readonly kind: "status"; readonly mailbox: Mailbox; readonly items: readonly string[] }
  /** FETCH: macros are expanded in `items`, and `BODY.PEEK[` is given as asked. */
  | {
      readonly kind: "fetch";
      readonly set: NumberSet;
      readonly items: readonly string[];
      readonly modifiers: readonly string[];
    }
  | {
      readonly kind: "store";
      readonly set: NumberSet;
      /** Upper case with sign: `+FLAGS`, `FLAGS.SILENT`, `-X-GM-LABELS`. */
      readonly item: string;
      readonly silent: boolean;
      readonly flags: readonly string[];
      readonly modifiers: readonly string[];
    }
  | { readonly kind: "copy"; readonly set: NumberSet; readonly mailbox: Mailbox }
  /** SEARCH, SORT, THREAD, ESEARCH; `returns` is undefined where no RETURN was given. */
  | {
      readonly kind: "search";
      readonly returns: readonly string[] | undefined;
      readonly charset: string | undefined;
      readonly keys: readonly Token[];
    }
  | {
      readonly kind: "append";
      readonly mailbox: Mailbox;
      /** Of each message, as announced. */
      readonly messageOctets: readonly number[];
      readonly flags: readonly string[];
    }
  | { readonly kind: "expunge"; readonly set: NumberSet | undefined }
  | { readonly kind: "enable"; readonly capabilities: readonly string[] }
  | { readonly kind: "notify"; readonly set: boolean; readonly statusIndicator: boolean }
  | { readonly kind: "other" };

/** A sequence set or UID set as written, or `$` (RFC 5182), or undefined where it could not be read. */
export type NumberSet = UidSet | "$" | undefined;
