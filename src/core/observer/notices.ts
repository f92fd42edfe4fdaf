/** What the user is told when a connection can no longer be analysed. */
import type { OpaqueReason } from "../dialogue/event.ts";
import type { OmittedReason } from "../wire/event.ts";

export const OPAQUE_TEXTS: Readonly<Record<OpaqueReason, string>> = {
  starttls: "TLS begins here and is passed through; what follows cannot be read.",
  compress: "Compression begins here and is not inflated; what follows cannot be read.",
  saslSecurityLayer: "A SASL security layer begins here; what follows cannot be read.",
  midway: "The recording begins in the middle of the connection, and no line start was found.",
  failed: "imapscope failed to analyse this connection; it is relayed on, but no longer understood.",
  omitted: "The capture holds no octets from here on, only their count.",
};

/** The notice for each reason why octets were left out. */
export const OMITTED_NOTICES: Readonly<
  Record<OmittedReason, { readonly code: "omitted" | "compress" | "behind"; readonly text: string }>
> = {
  opaque: { code: "omitted", text: OPAQUE_TEXTS.omitted },
  compressed: { code: "compress", text: OPAQUE_TEXTS.compress },
  behind: {
    code: "behind",
    text: "The recorder could not keep up, and octets are missing; what follows is not analysed.",
  },
};
