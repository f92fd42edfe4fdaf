/** Addresses and body structures: the leaves of ENVELOPE and BODYSTRUCTURE (RFC 9051 §7.5.2). */
import type { Token } from "./token.ts";

/** An address; a group starts with `host` null and the group's name in `mailbox`, and ends with both null. */
export interface Address {
  readonly name: string | null;
  readonly route: string | null;
  readonly mailbox: string | null;
  readonly host: string | null;
}

/** Texts are as sent (encoded words are left as they are); `null` is NIL (RFC 9051 §7.5.2). */
export interface Envelope {
  readonly date: string | null;
  readonly subject: string | null;
  readonly from: readonly Address[];
  readonly sender: readonly Address[];
  readonly replyTo: readonly Address[];
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly inReplyTo: string | null;
  readonly messageId: string | null;
}

export interface Disposition {
  /** Lower case. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

interface PartFields {
  /** Lower case: `text/plain`, `multipart/mixed`. */
  readonly type: string;
  /** By name in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly disposition: Disposition | null;
  readonly language: readonly string[];
  readonly location: string | null;
  /** Extension data that no RFC defines yet. */
  readonly extension: readonly Token[];
}

export interface MultipartBody extends PartFields {
  readonly kind: "multipart";
  readonly parts: readonly BodyStructure[];
}

export interface SinglePartBody extends PartFields {
  readonly kind: "part";
  readonly id: string | null;
  readonly description: string | null;
  /** Lower case. */
  readonly encoding: string;
  readonly octets: number;
  /** For text and message/rfc822. */
  readonly lines: number | undefined;
  readonly md5: string | null;
  /** For message/rfc822 and message/global. */
  readonly message: { readonly envelope: Envelope; readonly body: BodyStructure } | undefined;
}

export type BodyStructure = MultipartBody | SinglePartBody;
