/**
 * The programs of this machine that can say whether they trust imapscope's CA, a row each: how to ask, how a refusal looks, and
 * what to do about it. Each shakes hands with a listener on the loopback address, as it would with any server.
 */
import { devNull } from "node:os";

export interface Verifier {
  readonly name: string;
  /** Where it looks for CAs: all programs that share the system's store are to agree. */
  readonly store: "system" | "own";
  /** The program and its arguments; `undefined` where this machine cannot have it. */
  readonly command: (port: number) => readonly [program: string, ...args: string[]] | undefined;
  /** What it says when it does not trust: anything else that fails is no answer. */
  readonly refusal: RegExp;
  /** For one run, without a change to the machine; `{ca}` is the certificate's file. */
  readonly remedy: string;
}

/** How a program ended; `undefined` where there is no such program. */
export interface Answer {
  /** `undefined` where it had to be ended. */
  readonly exitCode: number | undefined;
  readonly output: string;
}

export type Verdict = "trusts" | "does not trust" | "not on this machine" | "no answer";

const NODE = (port: number): string => `
const socket = process.getBuiltinModule("node:tls").connect({
  host: "127.0.0.1", port: ${port}, servername: "localhost", rejectUnauthorized: false,
});
socket.on("error", (error) => { console.error(error.message); process.exit(2); });
socket.on("secureConnect", () => {
  if (!socket.authorized) console.error("refused: " + socket.authorizationError);
  process.exit(socket.authorized ? 0 : 1);
});`;

const PYTHON = (port: number): string => `
import socket, ssl
plain = socket.create_connection(("127.0.0.1", ${port}))
ssl.create_default_context().wrap_socket(plain, server_hostname="localhost").close()`;

export const VERIFIERS: readonly Verifier[] = [
  {
    name: "OpenSSL",
    store: "system",
    command: (port) => [
      "openssl",
      "s_client",
      "-brief",
      "-verify_return_error",
      ...["-connect", `127.0.0.1:${port}`, "-servername", "localhost", "-verify_hostname", "localhost"],
    ],
    refusal: /verify (?:error|failed)/i,
    remedy: "SSL_CERT_FILE='{ca}', or its option -CAfile",
  },
  {
    name: "curl",
    store: "system",
    command: (port) => [
      "curl",
      ...["--silent", "--show-error", "--noproxy", "*", "--output", devNull],
      ...["--resolve", `localhost:${port}:127.0.0.1`, `https://localhost:${port}/`],
    ],
    refusal: /^curl: \((?:60|77)\)/m,
    remedy: "curl --cacert '{ca}'",
  },
  {
    name: "Python",
    store: "system",
    command: (port) => ["python3", "-c", PYTHON(port)],
    refusal: /CERTIFICATE_VERIFY_FAILED/,
    remedy: "SSL_CERT_FILE='{ca}'",
  },
  {
    name: "GnuTLS",
    store: "system",
    command: (port) => ["gnutls-cli", "--port", String(port), "localhost"],
    refusal: /certificate is NOT trusted/i,
    remedy: "its option --x509cafile='{ca}'",
  },
  {
    name: "Node --use-system-ca",
    store: "system",
    command: (port) =>
      process.allowedNodeEnvironmentFlags.has("--use-system-ca")
        ? [process.execPath, "--use-system-ca", "-e", NODE(port)]
        : undefined,
    refusal: /^refused: /m,
    remedy: "NODE_EXTRA_CA_CERTS='{ca}'",
  },
  {
    name: "Node",
    store: "own",
    command: (port) => [process.execPath, "-e", NODE(port)],
    refusal: /^refused: /m,
    remedy: "NODE_EXTRA_CA_CERTS='{ca}'",
  },
];

export function verdictOf({ refusal }: Verifier, answer: Answer | undefined): Verdict {
  if (answer === undefined) return "not on this machine";
  if (answer.exitCode === 0) return "trusts";
  return answer.exitCode !== undefined && refusal.test(answer.output) ? "does not trust" : "no answer";
}

/** A verdict that keeps the machine from being all set. */
export function isAgainst({ store }: Verifier, verdict: Verdict): boolean {
  return store === "system" && (verdict === "does not trust" || verdict === "no answer");
}
