/** The syntax that every argument and every datum is built from (RFC 9051 §4). */
import type { Literal } from "./frame.ts";

interface TokenBase {
  /** Octet offsets within the frame, counted over its lines (with line ends) and announced literals. */
  readonly start: number;
  readonly end: number;
}

/** An atom, number, flag, sequence set or anything else that is neither quoted, literal, list nor NIL. */
export interface AtomToken extends TokenBase {
  readonly kind: "atom";
  /** As it stood; octets as ISO-8859-1. Sections stay whole: `BODY[HEADER.FIELDS (SUBJECT)]<0.10>`. */
  readonly text: string;
}

export interface QuotedToken extends TokenBase {
  readonly kind: "quoted";
  /** Without quotes and escapes; octets as ISO-8859-1. */
  readonly text: string;
}

export interface LiteralToken extends TokenBase {
  readonly kind: "literal";
  readonly literal: Literal;
  /** The kept head; octets as ISO-8859-1. */
  readonly text: string;
}

export interface NilToken extends TokenBase {
  readonly kind: "nil";
}

export interface ListToken extends TokenBase {
  readonly kind: "list";
  readonly items: readonly Token[];
}

export type Token = AtomToken | QuotedToken | LiteralToken | NilToken | ListToken;
