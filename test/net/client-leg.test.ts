/** Protocols (ALPN, RFC 7301) on both legs: what a client offers is chosen of, and offered to its server. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { afterEach, test } from "node:test";
import * as tls from "node:tls";
import type { Endpoint } from "../../src/net/endpoint.ts";
import {
  closeEverything,
  closeLater,
  greetAndEcho,
  plainClient,
  proxyFor,
  startTlsUpstream,
  textUpTo,
  tlsClient,
  told,
  upstreamLeaf,
} from "./peers.ts";

afterEach(closeEverything);

/** An upstream that serves those protocols, and keeps what was chosen of each client's. */
async function choosingUpstream(protocols: readonly string[]) {
  const chosen: (string | false | null)[] = [];
  const server = tls.createServer({
    ...{ ...upstreamLeaf({ names: ["localhost"] }), ALPNProtocols: [...protocols] },
  });
  server.on("secureConnection", (socket) => {
    chosen.push(socket.alpnProtocol);
    greetAndEcho(socket, socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closeLater(() => void server.close());
  const upstream: Endpoint = {
    scheme: "imaps",
    host: "localhost",
    port: (server.address() as AddressInfo).port,
  };
  return { upstream, chosen };
}

/** A name has to be read before anything is dialled, so that all that the client offers is known in time. */
const byName = (upstream: Endpoint) => ({
  routes: [{ pattern: { host: "localhost", port: undefined }, upstream }],
});

test("imap is offered to the server where the client offers it, and nothing else ever is", async () => {
  for (const [offered, chosen] of [
    [["imap"], "imap"],
    [["h2", "imap"], "imap"],
    [["h2"], false],
    [[], false],
  ] as const) {
    const upstream = await choosingUpstream(["h2", "imap"]);
    const { port, events } = await proxyFor(undefined, byName(upstream.upstream));
    const alpn = offered.length === 0 ? {} : { ALPNProtocols: [...offered] };
    const { socket } = tlsClient(port("imaps"), { servername: "localhost", ...alpn });
    await textUpTo(socket, "ready\r\n");
    assert.equal(socket.alpnProtocol, chosen);
    assert.deepEqual(upstream.chosen, [chosen]);
    for (const leg of ["client", "server"] as const)
      assert.equal((await told(events, "tls", (event) => event.leg === leg)).alpn ?? false, chosen);
  }
});

test("it is offered behind imapscope's own STARTTLS, too", async () => {
  let chosen: unknown;
  const { upstream } = await startTlsUpstream({
    protocols: ["imap"],
    onSecure: ({ alpnProtocol }) => {
      chosen = alpnProtocol;
    },
  });
  const { port } = await proxyFor(upstream);
  const { socket } = tlsClient(port("imaps"), { servername: "localhost", ALPNProtocols: ["imap"] });
  await textUpTo(socket, "ready\r\n");
  assert.equal(chosen, "imap");
});

test("what a client will offer later is not waited for", async () => {
  const { upstream, chosen } = await choosingUpstream(["imap"]);
  const { port } = await proxyFor(upstream);
  await textUpTo(plainClient(port("imap")), "ready\r\n");
  const raw = connect(port("imaps"), "127.0.0.1");
  // Its server is dialled, and has TLS, before it says anything.
  while (chosen.length < 2) await new Promise((resolve) => setImmediate(resolve));
  const late = tls.connect({ socket: raw, ALPNProtocols: ["imap"], rejectUnauthorized: false });
  closeLater(() => void late.destroy());
  await textUpTo(late, "ready\r\n");
  assert.equal(late.alpnProtocol, "imap");
  assert.deepEqual(chosen, [false, false]);
});

test("a server that serves other protocols only refuses as it would have refused the client", async () => {
  const { upstream } = await choosingUpstream(["h2"]);
  const { port, notices, events } = await proxyFor(undefined, byName(upstream));
  tlsClient(port("imaps"), { servername: "localhost", ALPNProtocols: ["imap"] });
  await told(events, "close");
  assert.match(notices[0]?.text ?? "", /does not serve the protocol that the client offers.*switch ALPN off/);
});
