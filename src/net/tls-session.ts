/** Sessions of TLS as OpenSSL writes them: what is kept of one for a later connection to resume. */

/** The server's certificate within the session's SEQUENCE. */
const CERTIFICATE_TAG = 0xa3;

/** That of Node 20. Later ones decode certificates quickly, and do not take a session without one as verified. */
const IS_SLOW = process.versions.openssl?.startsWith("3.0.") === true;

/** A session as it is worth to be kept: without the certificate where that can be spared. */
export function sessionToKeep(session: Buffer): Buffer {
  return IS_SLOW ? withoutCertificate(session) : session;
}

/**
 * A session of TLS 1.3 without the server's certificate, which would be decoded anew for each connection that resumes: that
 * takes as long as the rest of its handshake. What resumes proves that it is the same server by the key of the session.
 */
export function withoutCertificate(session: Buffer): Buffer {
  const whole = elementAt(session, 0);
  if (whole === undefined || whole.end !== session.length) return session;
  const kept: Buffer[] = [];
  for (let at = whole.content; at < whole.end; ) {
    const element = elementAt(session, at);
    if (element === undefined) return session;
    if (session[at] !== CERTIFICATE_TAG) kept.push(session.subarray(at, element.end));
    at = element.end;
  }
  const octets = kept.reduce((sum, { length }) => sum + length, 0);
  return alone([session.subarray(0, 1), lengthOf(octets), ...kept]);
}

/** Joined in memory of its own: each connection that resumes keeps its session, and with it the whole pool that it is a part of. */
function alone(parts: readonly Uint8Array[]): Buffer {
  const joined = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function lengthOf(octets: number): Buffer {
  if (octets < 0x80) return Buffer.from([octets]);
  return octets < 0x100 ? Buffer.from([0x81, octets]) : Buffer.from([0x82, octets >> 8, octets & 0xff]);
}

/** Where the content of a DER element begins, and where it ends; only lengths that a session can have. */
function elementAt(der: Buffer, at: number): { readonly content: number; readonly end: number } | undefined {
  const first = der[at + 1] ?? 0xff;
  const lengthOctets = first < 0x80 ? 0 : first & 0x7f;
  const content = at + 2 + lengthOctets;
  if (lengthOctets > 2 || content > der.length) return undefined;
  const end = content + (lengthOctets === 0 ? first : der.readUIntBE(at + 2, lengthOctets));
  return end > der.length ? undefined : { content, end };
}
