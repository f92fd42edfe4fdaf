/** The synthetic server and the load generator: built from C when the benchmark starts, with a certificate for all. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { end, start } from "./processes.mjs";

const SOURCES = fileURLToPath(new URL("./native/", import.meta.url));

/**
 * Compiles both into a folder.
 * @returns what is missing, in words, or `undefined`
 */
export function build(dir) {
  const run = (command, words) => execFileSync(command, words, { stdio: "pipe" });
  try {
    for (const name of ["server", "load"]) {
      const source = join(SOURCES, `${name}.c`);
      run("gcc", ["-O2", "-o", join(dir, name), source, "-lssl", "-lcrypto", "-lpthread"]);
    }
    const files = ["-keyout", join(dir, "key.pem"), "-out", join(dir, "certificate.pem")];
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
    run("openssl", ["req", "-x509", ...key, "-days", "2", ...names, ...files]);
  } catch (error) {
    return `gcc, OpenSSL's headers and openssl (Debian: gcc libssl-dev openssl): ${String(error.stderr ?? error.message).trim()}`;
  }
  const both = ["certificate.pem", "key.pem"].map((name) => readFileSync(join(dir, name), "utf8"));
  writeFileSync(join(dir, "both.pem"), both.join(""));
  return undefined;
}

export const certificates = (dir) => ({
  certificate: join(dir, "certificate.pem"),
  key: join(dir, "key.pem"),
  pem: join(dir, "both.pem"),
});

/** Starts the server; gives its port and how to end it. */
export async function startServer(dir, core) {
  const { certificate, key } = certificates(dir);
  const child = start(core, [join(dir, "server"), certificate, key]);
  const port = await linesOf(child)();
  return { port: Number(port), end: () => end(child) };
}

/**
 * Runs one row of the load generator; each time that it waits, `onReady` is told why, and it goes on when that settles.
 * @returns its figures
 */
export async function runLoad({ dir, core, row, port, amount, onReady }) {
  const child = start(core, [join(dir, "load"), row, String(port), String(amount)]);
  const nextLine = linesOf(child);
  try {
    for (;;) {
      const line = await nextLine();
      if (line === undefined) throw new Error(`the load generator failed at ${row}`);
      if (line.startsWith("{")) return JSON.parse(line);
      await onReady(line);
      child.stdin.write("\n");
    }
  } finally {
    await end(child);
  }
}

/** Gives the next line of a process with each call, `undefined` at its end. */
function linesOf(child) {
  const iterator = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async () => (await iterator.next()).value;
}
