/** A mail as far as its octets were kept, decoded. The decoder itself comes from outside (read-mail.ts). */

export interface DecodedMail {
  /** All headers in their order, unfolded, encoded words decoded. */
  readonly headers: readonly MailHeader[];
  /** The first text of it, decoded; undefined where the kept octets hold none. */
  readonly text: string | undefined;
  /** Whether that text was made of HTML. */
  readonly fromHtml: boolean;
  /** What else it holds, as far as the octets were kept. */
  readonly attachments: readonly {
    readonly name: string | undefined;
    readonly type: string;
    readonly octets: number;
  }[];
}

export interface MailHeader {
  readonly name: string;
  readonly value: string;
}
