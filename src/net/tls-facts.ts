/** What a TLS handshake settled, as the fact that is recorded. */
import type { TLSSocket } from "node:tls";
import type { ConnectionId, Leg } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { TlsEvent } from "../core/wire/event.ts";
import { plainText } from "./notice.ts";

/** Reads the facts of a finished handshake; `serverName` is the SNI that was sent on this leg, if any. */
export function tlsEvent(
  socket: TLSSocket,
  at: { readonly connection: ConnectionId; readonly atMicros: Micros; readonly leg: Leg },
  serverName: string | undefined,
): TlsEvent {
  const cipher = socket.getCipher();
  // On each leg the server shows a certificate: imapscope itself to the client, the upstream to imapscope.
  const shown = at.leg === "client" ? socket.getX509Certificate() : socket.getPeerX509Certificate();
  return {
    kind: "tls",
    ...at,
    protocol: socket.getProtocol() ?? "unknown",
    cipher: cipher.standardName ?? cipher.name,
    ...(serverName === undefined ? {} : { serverName: plainText(serverName) }),
    ...(typeof socket.alpnProtocol === "string" ? { alpn: plainText(socket.alpnProtocol) } : {}),
    ...(shown === undefined
      ? {}
      : { subject: shown.subject?.replaceAll("\n", ", ") ?? "", fingerprint: shown.fingerprint256 }),
    reused: socket.isSessionReused(),
  };
}
