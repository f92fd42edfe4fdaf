import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { parseListener } from "../../src/net/endpoint.ts";
import { PROXY_PROTOCOLS, proxyHeader } from "../../src/net/proxy-header.ts";
import { parseRoute } from "../../src/net/routes.ts";
import { closeEverything, plainClient, plainUpstream, proxyFor, textUpTo, tlsClient } from "./peers.ts";

afterEach(closeEverything);

const at = (host: string, port: number) => ({ host, port });
const SIGNATURE = "0d0a0d0a000d0a515549540a";

/** What a server reads of version 2. */
function decode(header: Uint8Array): string {
  const bytes = Buffer.from(header);
  assert.equal(bytes.subarray(0, 12).toString("hex"), SIGNATURE);
  assert.equal(bytes[12], 0x21);
  assert.equal(bytes.length, 16 + bytes.readUInt16BE(14));
  const size = bytes[13] === 0x11 ? 4 : bytes[13] === 0x21 ? 16 : 0;
  if (size === 0) return "unspecified";
  const address = (start: number) =>
    size === 4
      ? bytes.subarray(start, start + 4).join(".")
      : (
          bytes
            .subarray(start, start + 16)
            .toString("hex")
            .match(/.{4}/g) ?? []
        ).join(":");
  const ports = 16 + 2 * size;
  return `${address(16)} ${address(16 + size)} ${bytes.readUInt16BE(ports)} ${bytes.readUInt16BE(ports + 2)}`;
}

const zeros = (count: number) => "0000:".repeat(count);

test("both versions say who the client is and where it came in", () => {
  for (const [source, destination, v1, v2] of [
    [
      at("192.0.2.7", 53422),
      at("127.0.0.1", 993),
      "TCP4 192.0.2.7 127.0.0.1 53422 993",
      "192.0.2.7 127.0.0.1 53422 993",
    ],
    [
      at("::ffff:192.0.2.7", 1),
      at("127.0.0.1", 2),
      "TCP4 192.0.2.7 127.0.0.1 1 2",
      "192.0.2.7 127.0.0.1 1 2",
    ],
    [
      at("2001:db8::1:2", 1),
      at("::1", 65535),
      "TCP6 2001:db8::1:2 ::1 1 65535",
      `2001:0db8:${zeros(4)}0001:0002 ${zeros(7)}0001 1 65535`,
    ],
    [at("fe80::1%eth0", 1), at("::", 2), "TCP6 fe80::1 :: 1 2", `fe80:${zeros(6)}0001 ${zeros(7)}0000 1 2`],
    [at("192.0.2.7", 1), at("::1", 2), "UNKNOWN", "unspecified"],
    [at("", 0), at("127.0.0.1", 2), "UNKNOWN", "unspecified"],
  ] as const) {
    assert.equal(Buffer.from(proxyHeader("v1", { source, destination })).toString(), `PROXY ${v1}\r\n`);
    assert.equal(decode(proxyHeader("v2", { source, destination })), v2);
  }
});

test("an upstream gets it before anything else, TLS or not, and the capture does not", async () => {
  for (const version of PROXY_PROTOCOLS) {
    const got: Buffer[] = [];
    const upstream = await plainUpstream((socket) => {
      socket.on("data", (bytes: Buffer) => got.push(bytes));
      socket.once("data", () => socket.write("* OK ready\r\n"));
    });
    const { port, events } = await proxyFor(upstream, { proxyProtocol: version });
    const socket = plainClient(port("imap"));
    await textUpTo(socket, "ready");
    const addresses = {
      source: at("127.0.0.1", socket.localPort ?? 0),
      destination: at("127.0.0.1", port("imap")),
    };
    assert.deepEqual(Buffer.concat(got), Buffer.from(proxyHeader(version, addresses)));
    assert.equal(
      events.some((event) => event.kind === "data" && event.from === "client"),
      false,
    );
    got.length = 0;
    const secure = await proxyFor({ ...upstream, scheme: "imaps" }, { proxyProtocol: version });
    const client = tlsClient(secure.port("imaps"));
    while (Buffer.concat(got).length < 100) await new Promise(setImmediate);
    const local = {
      source: at("127.0.0.1", client.raw.localPort ?? 0),
      destination: at("127.0.0.1", secure.port("imaps")),
    };
    const header = Buffer.from(proxyHeader(version, local));
    const all = Buffer.concat(got);
    assert.deepEqual(all.subarray(0, header.length), header);
    assert.equal(all[header.length], 22, "a ClientHello");
  }
});

test("what is passed through gets none: its server may be anybody's", async () => {
  const got: Buffer[] = [];
  const upstream = await plainUpstream((socket) => {
    socket.on("data", (bytes: Buffer) => got.push(bytes));
    socket.once("data", () => socket.write("done"));
  });
  const { port } = await proxyFor(undefined, {
    listeners: [parseListener("socks5://127.0.0.1:0")],
    routes: [parseRoute("*")],
    proxyProtocol: "v1",
  });
  const socket = plainClient(port("socks5"));
  const { port: to } = upstream;
  socket.write(
    Uint8Array.from([5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, to >> 8, to & 255, ...Buffer.from("EHLO")]),
  );
  await textUpTo(socket, "done");
  assert.equal(Buffer.concat(got).toString(), "EHLO");
});
