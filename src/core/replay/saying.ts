/** What the player of a script has to say, in the order in which it is to be done. */
import type { Micros } from "../base/time.ts";
import type { ServerRun } from "./script.ts";

export type Saying =
  | { readonly kind: "octets"; readonly bytes: Uint8Array }
  /** These octets of the recorded server. */
  | { readonly kind: "run"; readonly run: ServerRun }
  /** Passes as much time, where the recorded times are to be kept; one that yields is over when the client speaks. */
  | { readonly kind: "pause"; readonly micros: Micros; readonly yields: boolean }
  /** TLS begins behind what was said; `early` came behind the command and may be the client's part of the handshake. */
  | { readonly kind: "startTls"; readonly early: Uint8Array }
  /** Both directions are compressed from here (RFC 4978 §3); `early` came behind the command. */
  | { readonly kind: "deflate"; readonly early: Uint8Array }
  | { readonly kind: "close" };
