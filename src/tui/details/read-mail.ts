/**
 * Mail decoded by postal-mime, which is loaded when a first mail is opened. Only the kept head of a literal ever comes here, so
 * its cost is bounded; what it makes of hostile octets is shown like any other text of a peer.
 */
import type { DecodedMail } from "./mail.ts";

export interface MailReader {
  /** Decodes a mail, or the first octets of one. Never rejects: of what cannot be read there is no header and no text. */
  readonly read: (head: Uint8Array) => Promise<DecodedMail>;
  /** Decodes the encoded words of a header value (RFC 2047 §2). */
  readonly decodeWords: (text: string) => string;
}

const NOTHING: DecodedMail = { headers: [], text: undefined, fromHtml: false, attachments: [] };

export async function loadMailReader(): Promise<MailReader> {
  const { default: PostalMime, decodeWords: decode } = await import("postal-mime");

  function decodeWords(text: string): string {
    try {
      return decode(text);
    } catch {
      return text;
    }
  }

  return {
    decodeWords,
    read: async (head) => {
      try {
        const mail = await PostalMime.parse(head);
        return {
          headers: mail.headers.map(({ originalKey, value }) => ({
            name: originalKey,
            value: decodeWords(value),
          })),
          text: mail.text ?? mail.html,
          fromHtml: mail.text === undefined && mail.html !== undefined,
          attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
            name: filename ?? undefined,
            type: mimeType,
            octets: typeof content === "string" ? content.length : content.byteLength,
          })),
        };
      } catch {
        return NOTHING;
      }
    },
  };
}
