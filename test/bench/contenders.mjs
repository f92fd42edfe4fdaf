/** Who takes part in the benchmark: a row says how it is started, and which program it needs. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {object} Place
 * @property {string} dir a folder for this start only
 * @property {number} port where the contender listens
 * @property {number} upstreamPort where the server listens
 * @property {string} certificate what both the server and the contender show; it is its own CA
 * @property {string} key
 * @property {readonly string[]} nodeOptions options for Node, where imapscope is to be profiled
 */

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {string=} program what must be installed; Node itself where there is none
 * @property {readonly string[]=} version how it is asked for its version
 * @property {(place: Place) => readonly string[]=} command none where there is no proxy
 * @property {boolean=} ours
 * @property {NodeJS.Signals=} endsBy
 */

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

function imapscope({ dir, port, upstreamPort, certificate, nodeOptions }, more) {
  const main = path("../../dist/cli/main.js");
  const listener = `imaps://127.0.0.1:${port}`;
  return [
    ...[process.execPath, ...nodeOptions, main, "proxy", `imaps://127.0.0.1:${upstreamPort}`],
    ...["--listen", listener, "--upstream-ca", certificate, "--ca-dir", join(dir, "ca"), ...more],
  ];
}

function nodeRelay(kind, { port, upstreamPort, certificate, key }) {
  return [
    process.execPath,
    path("./node-relay.mjs"),
    kind,
    String(port),
    String(upstreamPort),
    certificate,
    key,
  ];
}

function haproxy({ dir, port, upstreamPort, pem }) {
  const config = join(dir, "haproxy.cfg");
  writeFileSync(
    config,
    `global
  nbthread 1
  maxconn 9000
defaults
  mode tcp
  timeout connect 10s
  timeout client 1h
  timeout server 1h
  maxconn 9000
frontend clients
  bind 127.0.0.1:${port} ssl crt ${pem}
  default_backend servers
backend servers
  server server 127.0.0.1:${upstreamPort} ssl verify none sni str(localhost)
`,
  );
  return ["haproxy", "-db", "-f", config];
}

/** It has TLS on one side of a service only: two services, joined by a plain connection. */
function stunnel({ dir, port, upstreamPort, pem }) {
  const config = join(dir, "stunnel.conf");
  const socket = join(dir, "stunnel.socket");
  writeFileSync(
    config,
    `foreground = yes
debug = err
pid =
socket = l:TCP_NODELAY=1
socket = r:TCP_NODELAY=1
[clients]
accept = 127.0.0.1:${port}
cert = ${pem}
connect = ${socket}
[servers]
client = yes
accept = ${socket}
connect = 127.0.0.1:${upstreamPort}
`,
  );
  return ["stunnel", config];
}

function sslsplit({ dir, port, upstreamPort, certificate, key }) {
  const to = ["ssl", "127.0.0.1", String(port), "127.0.0.1", String(upstreamPort)];
  return ["sslsplit", "-D", "-k", key, "-c", certificate, "-K", key, "-L", join(dir, "content.log"), ...to];
}

function mitmproxy({ dir, port, upstreamPort }) {
  const home = join(dir, "mitmproxy");
  mkdirSync(home);
  return [
    ...[
      "mitmdump",
      "--quiet",
      "--set",
      `confdir=${home}`,
      "--mode",
      `reverse:https://127.0.0.1:${upstreamPort}`,
    ],
    ...["--listen-host", "127.0.0.1", "--listen-port", String(port), "--ssl-insecure", "--tcp-hosts", ".*"],
    ...["-w", join(dir, "flows")],
  ];
}

/** @type {readonly Contender[]} */
export const CONTENDERS = [
  { name: "no proxy" },
  { name: "haproxy", program: "haproxy", version: ["-v"], command: haproxy },
  { name: "stunnel", program: "stunnel", version: ["-version"], command: stunnel },
  { name: "sslsplit, content log", program: "sslsplit", version: ["-V"], command: sslsplit },
  { name: "mitmproxy, recording", program: "mitmdump", version: ["--version"], command: mitmproxy },
  { name: "Node relay, default", command: (place) => nodeRelay("default", place) },
  { name: "Node relay, tuned", command: (place) => nodeRelay("tuned", place) },
  { name: "imapscope, no recording", ours: true, command: (place) => imapscope(place, []) },
  {
    name: "imapscope",
    ours: true,
    command: (place) => imapscope(place, ["--record", join(place.dir, "bench.imapcap")]),
  },
];

/** What all ratios are to. */
export const REFERENCE = "haproxy";
