/**
 * Two bare relays in Node, TLS to TLS, that look at nothing: `default` is what one writes first, `tuned` the best that is
 * known. They are the floor beneath everything that is written in Node.
 *
 *     node node-relay.mjs default|tuned PORT UPSTREAM_PORT CERTIFICATE KEY
 */
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import tls from "node:tls";

const [kind, port, upstreamPort, certificate, key] = process.argv.slice(2);
const identity = { cert: readFileSync(certificate), key: readFileSync(key) };
const upstream = { host: "127.0.0.1", port: Number(upstreamPort), rejectUnauthorized: false };

function startDefault() {
  tls
    .createServer(identity, (client) => {
      const server = tls.connect(upstream);
      client.pipe(server).pipe(client);
      client.on("error", () => server.destroy());
      server.on("error", () => client.destroy());
    })
    .listen(Number(port), "127.0.0.1");
}

/** Nagle off, sockets that hold a megabyte rather than one TLS record, upstream sessions resumed. */
function startTuned() {
  const highWaterMark = 1024 * 1024;
  const secureContext = tls.createSecureContext(identity);
  const upstreamContext = tls.createSecureContext({});
  let session;

  function forward(from, to) {
    from.on("data", (chunk) => {
      if (!to.write(chunk)) from.pause();
    });
    to.on("drain", () => from.resume());
    from.on("end", () => to.end());
    from.on("error", () => to.destroy());
  }

  createServer({ highWaterMark, noDelay: true }, (raw) => {
    const client = new tls.TLSSocket(raw, { isServer: true, secureContext, highWaterMark });
    const server = tls.connect({ ...upstream, secureContext: upstreamContext, session, highWaterMark });
    server.setNoDelay(true);
    server.on("session", (given) => {
      session = given;
    });
    forward(client, server);
    forward(server, client);
  }).listen(Number(port), "127.0.0.1");
}

({ default: startDefault, tuned: startTuned })[kind]();
