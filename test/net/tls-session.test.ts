import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, test } from "node:test";
import * as tls from "node:tls";
import { sessionToKeep, withoutCertificate } from "../../src/net/tls-session.ts";
import { closeEverything, greetAndEcho, tlsUpstream, upstreamCa } from "./peers.ts";

afterEach(closeEverything);

const octets = (...values: number[]) => Buffer.from(values);

test("what is tagged as the certificate is left out, and nothing else", () => {
  const session = octets(0x30, 9, 0x02, 1, 1, 0xa3, 2, 7, 7, 0xa4, 0);
  assert.deepEqual(withoutCertificate(session), octets(0x30, 5, 0x02, 1, 1, 0xa4, 0));
  for (const size of [0x7d, 0xfc, 0x1234]) {
    const content = Buffer.concat([octets(0xaa, 0x82, size >> 8, size & 0xff), Buffer.alloc(size, 3)]);
    const whole = (inner: Buffer) =>
      Buffer.concat([octets(0x30, 0x82, inner.length >> 8, inner.length & 0xff), inner]);
    const left = withoutCertificate(whole(Buffer.concat([content, octets(0xa3, 0x81, 1, 9)])));
    assert.deepEqual(left.subarray(left.length - content.length), content);
    assert.deepEqual(withoutCertificate(left), left);
  }
});

test("what is no session is left as it is", () => {
  for (const bytes of [
    octets(),
    octets(0x30),
    octets(0x30, 3, 0x02, 9, 1),
    octets(0x30, 1, 0xa3),
    octets(0x30, 0x83, 0, 0, 0),
  ])
    assert.equal(withoutCertificate(bytes), bytes);
});

test("a session that is kept resumes as a verified one, and is smaller where certificates are slow", async () => {
  const { port } = await tlsUpstream(greetAndEcho);
  const settings = {
    port,
    host: "127.0.0.1",
    servername: "localhost",
    ca: upstreamCa.pem,
    maxVersion: "TLSv1.3",
  } as const;
  const first = tls.connect(settings);
  const [session] = (await once(first, "session")) as [Buffer];
  first.destroy();
  const kept = sessionToKeep(session);
  if (process.versions.openssl?.startsWith("3.0.")) assert.ok(kept.length < session.length - 200);
  const second = tls.connect({ ...settings, session: kept });
  await once(second, "secureConnect");
  assert.ok(second.isSessionReused() && second.authorized);
  second.destroy();
});
