/** What a TLS handshake settled, as the fact that is recorded. */
import type { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import type { ConnectionId, Leg } from "../core/base/leg.ts";
import type { Micros } from "../core/base/time.ts";
import type { TlsEvent } from "../core/wire/event.ts";
import { plainText } from "./notice.ts";

/**
 * Reads the facts of a finished handshake. `shake` adds what the socket cannot tell: the SNI that was sent on this leg,
 * and the certificate that its server side showed (imapscope itself to the client, the upstream to imapscope).
 */
export function tlsEvent(
  socket: TLSSocket,
  at: { readonly connection: ConnectionId; readonly atMicros: Micros; readonly leg: Leg },
  shake: { readonly serverName: string | undefined; readonly certificate: X509Certificate | undefined },
): TlsEvent {
  const cipher = socket.getCipher();
  const { serverName, certificate: shown } = shake;
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
