/** The secrets within one message of an authentication exchange, for the mechanisms whose messages are text. */
import { fromBase64, latin1 } from "../base/octets.ts";

/** Fields of SASL messages that name the user or the protocol, and are no secrets. */
const OPEN_FIELDS = /^(n|a|r|m|u|c|user|host|port|username|realm|qop|nc|algorithm|charset)$/i;

const SCHEME = /^(bearer|basic|oauth) +/i;

/** The text of a Base64 line as ISO-8859-1, or `undefined`. Padding may lack, and the URL-safe alphabet may stand for the other. */
export function decodedSasl(line: string): string | undefined {
  const digits = line.trim().replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");
  const bytes = fromBase64(digits.padEnd(Math.ceil(digits.length / 4) * 4, "="));
  return bytes === undefined ? undefined : latin1(bytes);
}

/** What of a decoded message a server may quote for itself. The user's name is not among it. */
export function saslParts(text: string): readonly string[] {
  // Binary messages (GSSAPI, NTLM) have no parts that anybody would quote.
  if (text.includes("\0")) return /[\x02-\x1f]/.test(text) ? [] : partsByNul(text.split("\0"));
  const digest = /^\S+ ([0-9a-f]{32})$/.exec(text)?.[1];
  if (digest !== undefined) return [digest];
  if (text.includes("\x01") || /^([nyp](=[^,]*)?,|[\w-]+=)/.test(text))
    return partsByField(text.split(/[\x01,]/));
  return [];
}

/** `authzid NUL user NUL password`, or `user NUL token` (RFC 4616 §2). */
function partsByNul(fields: readonly string[]): string[] {
  const user = fields.length > 2 ? fields[1] : fields[0];
  return fields.filter((field) => field !== "" && field !== user);
}

/** `key=value` between commas or U+0001 (RFC 7628 §3.1); a field of one letter is a flag. */
function partsByField(fields: readonly string[]): string[] {
  const parts: string[] = [];
  for (const field of fields) {
    const [, key, value = ""] = /^([\w-]+)=(.*)$/s.exec(field) ?? [];
    if (key !== undefined && OPEN_FIELDS.test(key)) continue;
    const part = (key === undefined ? field : value)
      .trim()
      .replace(SCHEME, "")
      .replace(/^"(.*)"$/s, "$1");
    if (part.length > 1) parts.push(part);
  }
  return parts;
}
