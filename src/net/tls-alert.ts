/** TLS alerts (RFC 8446 §6): what the other side gave as its reason to refuse a handshake. */

/**
 * The name of the alert that an error of OpenSSL reports, such as `UNKNOWN_CA`; `undefined` where it is no alert. What
 * stands before the name says nothing: it is that of the oldest protocol with the alert, and OpenSSL 3.2 changed it.
 */
export function alertOf(code: string): string | undefined {
  const [, named, bare] = ALERT.exec(code) ?? [];
  return named ?? bare;
}

/** Some errors leave out that they are alerts. */
const ALERT =
  /^ERR_SSL_(?:SSLV3|TLSV1|TLSV13|SSL\/TLS)_(?:ALERT_(\w+)|(UNRECOGNIZED_NAME|UNSUPPORTED_EXTENSION|CERTIFICATE_UNOBTAINABLE|BAD_CERTIFICATE_STATUS_RESPONSE))$/;
