/** Runs the command line as a user does: a process, its streams, its signals; and a small server to put behind it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { caFolder } from "../ca-folder.ts";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

type Environment = Readonly<Record<string, string>>;

/** Starts `imapscope ARGS`; stdin is empty unless given. */
export function start(
  args: readonly string[],
  input?: Uint8Array | string,
  variables: Environment = {},
): Running {
  const env = { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "", ...variables };
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ["pipe", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended, stdout: () => stdout, stderr: () => stderr };
}

export function run(
  args: readonly string[],
  input?: Uint8Array | string,
  variables?: Environment,
): Promise<Ended> {
  return start(args, input, variables).ended;
}

/** A folder that goes when the test ends. */
export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "imapscope-cli-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A plain server that greets and answers each tagged line with OK. */
export async function fakeServer(t: TestContext): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.write("* OK [CAPABILITY IMAP4rev1] ready\r\n");
    socket.on("data", (data) => {
      for (const line of data
        .toString("latin1")
        .split("\r\n")
        .filter((each) => each !== "")) {
        const [tag, name] = line.split(" ");
        if (name === "LOGOUT") socket.end(`* BYE bye\r\n${tag} OK bye\r\n`);
        else socket.write(`${tag} OK ${name} done\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

export interface Proxying extends Running {
  readonly url: string;
  readonly port: number;
}

/** Starts a proxy on a free port and waits until it is ready. */
export async function startProxying(
  t: TestContext,
  upstreamPort: number,
  args: readonly string[] = [],
): Promise<Proxying> {
  const folder = temporaryFolder(t);
  const ready = join(folder, "ready");
  const running = start([
    ...["proxy", `imap://127.0.0.1:${upstreamPort}`, "--listen", "imap://127.0.0.1:0"],
    ...["--ca-dir", caFolder(), "--ready-file", ready, ...args],
  ]);
  t.after(() => running.child.kill("SIGKILL"));
  const url = await until(
    () => readLine(ready),
    () => running.stderr(),
  );
  return { ...running, url, port: Number(new URL(url).port) };
}

function readLine(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").split("\n")[0] || undefined;
  } catch {
    return undefined;
  }
}

/** Waits until something is there. That it never comes is found out after a minute: busy machines are slow. */
export async function until<T>(
  look: () => T | undefined | false,
  explain: () => string = () => "",
): Promise<T> {
  for (const end = performance.now() + 60_000; performance.now() < end; await delay(10)) {
    const seen = look();
    if (seen !== undefined && seen !== false) return seen;
  }
  throw new Error(`nothing came in a minute. ${explain()}`);
}

/** A client that sends lines and waits for the tagged answer to each; fails where the other side ends before. */
export async function converse(port: number, lines: readonly string[]): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port });
  let heard = "";
  socket.setEncoding("latin1").on("data", (text: string) => {
    heard += text;
  });
  let isOver = false;
  socket.on("error", () => {});
  socket.once("close", () => {
    isOver = true;
  });
  const hears = async (what: string) => {
    await until(
      () => heard.includes(what) || isOver,
      () => heard,
    );
    if (!heard.includes(what)) throw new Error(`closed before ${what}: ${heard}`);
  };
  await hears("\r\n");
  for (const line of lines) {
    socket.write(`${line}\r\n`, "latin1");
    const tag = line.split(" ")[0] ?? "";
    await hears(`${tag} OK`);
  }
  return socket;
}
