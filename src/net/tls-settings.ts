/** How TLS is spoken: the oldest version that is taken, whom imapscope is to the upstream, and who gets the keys. */
import { constants } from "node:crypto";
import { DEFAULT_CIPHERS, type SecureContextOptions } from "node:tls";
import type { OwnCertificate } from "./own-certificate.ts";
import type { TlsVersion } from "./tls-version.ts";

export interface TlsSettings {
  /** The oldest version taken, on both legs; by default 1.2, and where the upstream is not verified 1.0 on that leg. */
  readonly oldest?: TlsVersion | undefined;
  /** What imapscope shows an upstream that asks for a certificate. */
  readonly ownCertificate?: OwnCertificate | undefined;
  /** Gets each line of the key log of both legs: whoever has them can read everything. Must not throw. */
  readonly onKeys?: ((line: Uint8Array) => void) | undefined;
}

export const OLDEST_BY_DEFAULT: TlsVersion = "1.2";

/**
 * The settings of a context that takes nothing older. Whoever wants TLS 1.0 or 1.1 wants to reach a museum piece, whose
 * signatures (SHA-1), ciphers and short keys OpenSSL refuses unless its security level is 0.
 */
export function versionSettings(
  oldest: TlsVersion,
): Pick<SecureContextOptions, "minVersion" | "ciphers" | "secureOptions"> {
  const minVersion = oldest === "1.0" ? "TLSv1" : (`TLSv${oldest}` as const);
  return oldest === "1.0" || oldest === "1.1"
    ? {
        minVersion,
        ciphers: `${DEFAULT_CIPHERS}:@SECLEVEL=0`,
        // Servers from before 2010 do not know how to renegotiate safely (RFC 5746), and nobody renegotiates.
        secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
      }
    : { minVersion };
}
