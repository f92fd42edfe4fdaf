import assert from "node:assert/strict";
import { test } from "node:test";
import { readPlaces } from "../../src/library/places.ts";

test("an upstream, others by name, and where to listen", () => {
  const places = readPlaces({
    upstream: "imap.example.org:1993",
    upstreams: ["*", "a.example=imap://b.example"],
    passThrough: ["c.example"],
    listen: ["socks5://127.0.0.1"],
    connect: "192.0.2.1",
  });
  assert.deepEqual(places, {
    upstream: { scheme: "imaps", host: "imap.example.org", port: 1993 },
    connect: { host: "192.0.2.1", port: 1993 },
    routes: [
      { pattern: { host: "*", port: undefined }, upstream: undefined },
      {
        pattern: { host: "a.example", port: undefined },
        upstream: { scheme: "imap", host: "b.example", port: 143 },
      },
    ],
    passThrough: [{ host: "c.example", port: undefined }],
    listeners: [{ scheme: "socks5", host: "127.0.0.1", port: 1080 }],
  });
});

test("clients must be led somewhere", () => {
  for (const options of [{}, { listen: ["imaps://127.0.0.1:0"] }, { passThrough: ["a.example"] }]) {
    assert.throws(() => readPlaces(options), { code: "ERR_UPSTREAM_MISSING", hint: /--upstream/ });
  }
  assert.equal(readPlaces({ listen: ["socks5://127.0.0.1:0"] }).upstream, undefined);
  assert.equal(readPlaces({ upstreams: ["*"] }).listeners, undefined);
});

test("an address to dial is refused where no upstream is dialled by it", () => {
  for (const options of [{ upstreams: ["*"] }, { listen: ["socks5://127.0.0.1:0"] }]) {
    const connect = "192.0.2.1:993";
    assert.throws(() => readPlaces({ ...options, connect }), { code: "ERR_CONNECT_UNUSED" });
    assert.deepEqual(readPlaces({ ...options, connect, upstream: "a.example" }).connect, {
      host: "192.0.2.1",
      port: 993,
    });
  }
});
