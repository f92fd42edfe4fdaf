import assert from "node:assert/strict";
import type { LookupAddress } from "node:dns";
import { networkInterfaces } from "node:os";
import { test } from "node:test";
import { lookupOthers, OWN_LISTENER, ownListenerTest } from "../../src/net/own-listener.ts";

const testFor = (address: string) => ownListenerTest(() => [{ address, port: 993 }]);

test("a listener is known by address and port", () => {
  const isOwn = testFor("127.0.0.1");
  assert.ok(isOwn("127.0.0.1", 993));
  assert.ok(isOwn("::ffff:127.0.0.1", 993));
  assert.ok(isOwn("0.0.0.0", 993));
  assert.ok(!isOwn("127.0.0.1", 143));
  assert.ok(!isOwn("127.0.0.2", 993));
  assert.ok(!isOwn("192.0.2.1", 993));
});

test("a listener on all addresses is reached by each of this machine's", () => {
  for (const wildcard of ["0.0.0.0", "::"]) {
    const isOwn = testFor(wildcard);
    assert.ok(isOwn("127.0.0.5", 993));
    assert.ok(isOwn("::1", 993));
    for (const { address } of Object.values(networkInterfaces()).flatMap((each) => each ?? [])) {
      assert.ok(isOwn(address, 993), address);
    }
    assert.ok(!isOwn("192.0.2.1", 993));
  }
});

/** What a lookup calls back with. */
function lookup(own: (address: string) => boolean, all: boolean): Promise<unknown[]> {
  return new Promise((resolve) => {
    lookupOthers((address) => own(address), 993)("localhost", { all }, (...args) => resolve(args));
  });
}

test("a lookup leaves our own listeners out, in both of its forms", async () => {
  const [error, addresses] = await lookup(() => false, true);
  assert.equal(error, null);
  assert.ok((addresses as LookupAddress[]).length > 0);
  const [none, address, family] = await lookup(() => false, false);
  assert.equal(none, null);
  assert.match(`${address} ${family}`, /^(127\.0\.0\.1 4|::1 6)$/);
  for (const all of [true, false]) {
    const [refused] = await lookup(() => true, all);
    assert.equal((refused as { code?: string }).code, OWN_LISTENER);
  }
});
