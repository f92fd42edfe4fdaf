/** How imapscope's own words, and what it altered of those of others, are marked wherever they are shown. */
import type { OwnShare } from "../imap/frame.ts";

/** `by imapscope` where it said a whole frame itself, else `altered by imapscope`; empty where it did nothing. */
export function ownWords(own: readonly OwnShare[] | undefined): string {
  if (own === undefined || own.length === 0) return "";
  return own.some(({ did }) => did === "said") ? "by imapscope" : "altered by imapscope";
}

/** What was put in or taken out, for a line of its own; not safe to print as it is. */
export function alterations(own: readonly OwnShare[] | undefined): readonly string[] {
  const altered = own?.filter(({ did }) => did !== "said") ?? [];
  return altered.map(({ did, text }) => `${did === "putIn" ? "put in" : "took out"}: ${text}`);
}
