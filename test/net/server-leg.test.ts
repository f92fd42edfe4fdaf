/** The server's handshake, at once or after STARTTLS: neither a client that leaves nor the end of the proxy waits for it. */
import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { afterEach, test } from "node:test";
import type { Endpoint } from "../../src/net/endpoint.ts";
import {
  closeEverything,
  observed,
  plainClient,
  plainUpstream,
  proxyFor,
  startTlsUpstream,
  type Told,
  textUpTo,
  tlsClient,
  told,
} from "./peers.ts";

afterEach(closeEverything);

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A proxy before a server that takes part in no handshake; `shaking` settles when one has begun. */
async function beforeMute(scheme: Endpoint["scheme"]) {
  let begin: () => void = () => undefined;
  const shaking = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const upstream = await plainUpstream((socket) => {
    if (scheme === "imap") socket.write("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n");
    socket.on("data", (bytes: Buffer) => {
      const [tag, name] = bytes.toString("latin1").split(/[ \r]/);
      if (name === "STARTTLS") socket.write(`${tag} OK go\r\n`);
      if (bytes[0] === 0x16) begin();
    });
  });
  const seen = observed();
  const told = await proxyFor({ ...upstream, scheme, host: "localhost" }, seen.options);
  return { told, events: seen.events, shaking };
}

async function askForStartTls({ port }: Told): Promise<Socket> {
  const raw = plainClient(port("imap"));
  await textUpTo(raw, "ready\r\n");
  raw.write("a STARTTLS\r\n");
  await textUpTo(raw, "a OK go\r\n");
  return raw;
}

/** How a client comes to the server's handshake. */
const COMES: Readonly<
  Record<string, { readonly scheme: Endpoint["scheme"]; come: (told: Told) => Promise<Socket> }>
> = {
  "over TLS, before a TLS server": {
    scheme: "imaps",
    come: async ({ port }) => tlsClient(port("imaps")).raw,
  },
  "over TLS, before a STARTTLS server": {
    scheme: "imap",
    come: async ({ port }) => tlsClient(port("imaps")).raw,
  },
  "over TLS on a plain listener, before a TLS server": {
    scheme: "imaps",
    come: async ({ port }) => tlsClient(port("imap")).raw,
  },
  "over TLS on a plain listener, before a STARTTLS server": {
    scheme: "imap",
    come: async ({ port }) => tlsClient(port("imap")).raw,
  },
  "by STARTTLS": { scheme: "imap", come: askForStartTls },
  "by STARTTLS, its own handshake begun": {
    scheme: "imap",
    come: async (told) => {
      const raw = await askForStartTls(told);
      raw.write(Uint8Array.of(0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3));
      return raw;
    },
  },
};

const ENDS: Readonly<Record<string, (client: Socket, told: Told) => unknown>> = {
  "a client that ends its half": (client) => client.end(),
  "a client that is reset": (client) => client.resetAndDestroy(),
  closing: (_client, { proxy }) => proxy.close(),
};

for (const [how, { scheme, come }] of Object.entries(COMES)) {
  for (const [what, end] of Object.entries(ENDS)) {
    test(`a silent handshake does not outlive ${what} (${how})`, { timeout: 120_000 }, async () => {
      const { told, events, shaking } = await beforeMute(scheme);
      const client = await come(told);
      await shaking;
      await end(client, told);
      while (told.proxy.statistics().openConnections > 0) await turn();
      assert.deepEqual(told.notices, []);
      const last = events.at(-1);
      assert.ok(last?.kind === "close" && last.by === (what === "closing" ? "imapscope" : "client"));
    });
  }
}

test("clear text where TLS should begin is counted, dropped, and a defect of the server", async () => {
  const instead = "* 1 EXISTS\r\na OK forged\r\n";
  const comes: Readonly<Record<string, (told: Told) => Promise<Socket>>> = {
    "a client that asks": askForStartTls,
    "imapscope itself": async ({ port }) => tlsClient(port("imaps")).socket,
  };
  for (const [how, come] of Object.entries(comes)) {
    const { upstream } = await startTlsUpstream({ instead });
    const seen = observed();
    const proxy = await proxyFor(upstream, seen.options);
    await come(proxy);
    assert.equal((await told(seen.events, "error")).code, "IMAPSCOPE_STARTTLS_CLEAR", how);
    assert.deepEqual(seen.defects(), ["starttls-injection"], how);
    const { from, octets, relayed } = await told(seen.events, "omitted");
    assert.deepEqual(
      { from, octets, relayed },
      { from: "server", octets: instead.length, relayed: false },
      how,
    );
    assert.match(proxy.notices.at(-1)?.text ?? "", /went on in clear text where TLS should begin/);
  }
});
