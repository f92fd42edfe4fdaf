/** What the user is told when a connection can no longer be analysed. */
import type { Sender } from "../base/leg.ts";
import type { OpaqueReason } from "../dialogue/event.ts";
import type { OmittedReason } from "../wire/event.ts";

export const OPAQUE_TEXTS: Readonly<Record<OpaqueReason, string>> = {
  starttls: "TLS begins here and is passed through; what follows cannot be read.",
  compress: "Compressed octets that are not inflated begin here; what follows of this sender cannot be read.",
  saslSecurityLayer: "A SASL security layer begins here; what follows cannot be read.",
  midway: "The recording begins in the middle of the connection, and no line start was found.",
  failed: "imapscope failed to analyse this connection; it is relayed on, but no longer understood.",
  passedThrough: "This connection is passed through: its octets are relayed unread, and only counted.",
  omitted: "The capture holds no octets from here on, only their count.",
};

/** The notice for each reason why octets were left out. */
export const OMITTED_NOTICES: Readonly<
  Record<
    OmittedReason,
    { readonly code: "omitted" | "compress" | "behind" | "passedThrough"; readonly text: string }
  >
> = {
  opaque: { code: "omitted", text: OPAQUE_TEXTS.omitted },
  passedThrough: { code: "passedThrough", text: OPAQUE_TEXTS.passedThrough },
  compressed: { code: "compress", text: OPAQUE_TEXTS.compress },
  behind: {
    code: "behind",
    text: "The recorder could not keep up, and octets are missing; what follows is not analysed.",
  },
};

/** What imapscope and a server said to each other before the client was let in. */
export const OWN_TALK =
  "imapscope itself asked the server for TLS (STARTTLS) first; those octets are no part of the client's dialogue.";

export function notRelayed(from: Sender): string {
  return `Octets of the ${from} were received but not relayed.`;
}

export function byImapscope(from: Sender): string {
  return `imapscope itself spoke in the name of the ${from}.`;
}
