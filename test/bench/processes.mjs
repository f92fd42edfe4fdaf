/** Processes of the benchmark: started on a core of their own, watched through /proc, and ended by their id. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { availableParallelism } from "node:os";
import { setTimeout as wait } from "node:timers/promises";

/** Linux counts processor time in hundredths of a second for everybody's eyes. */
const TICKS_A_SECOND = 100;
const DEADLINE_MS = 60_000;
const PINNED = availableParallelism() > 1;

const running = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** Starts a program on a core, with as many open files as this machine allows; its output goes to a file or to a pipe. */
export function start(core, command, { output } = {}) {
  const pinned = PINNED ? ["taskset", "-c", String(core), ...command] : command;
  const to = output === undefined ? "pipe" : openSync(output, "w");
  const errors = output === undefined ? "inherit" : openSync(`${output}.errors`, "w");
  const child = spawn("sh", ["-c", 'ulimit -n "$(ulimit -Hn)"; exec "$@"', "sh", ...pinned], {
    stdio: ["pipe", to, errors],
  });
  running.add(child);
  child.on("exit", () => running.delete(child));
  return child;
}

/** Ends a process in order, or after the deadline at once. */
export async function end(child, signal = "SIGTERM") {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  const late = setTimeout(() => child.kill("SIGKILL"), DEADLINE_MS);
  await ended;
  clearTimeout(late);
}

/** The process and all that it started, as they are now. */
function family(pid) {
  const members = [pid];
  for (const id of members) {
    for (const thread of list(`/proc/${id}/task`)) {
      members.push(...words(`/proc/${id}/task/${thread}/children`).map(Number));
    }
  }
  return members;
}

/** Processor seconds of a process with its threads and children, past ones too. */
export function cpuSeconds(pid) {
  const ticks = family(pid).map((id) => {
    // The name, in parentheses, may hold spaces; user, system, and those of ended children stand behind it.
    const fields = read(`/proc/${id}/stat`).split(") ").at(-1).split(" ");
    return fields.length < 15 ? 0 : fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_A_SECOND;
}

/** Resident octets of a process and all that it started. */
export function residentOctets(pid) {
  const kib = family(pid).map((id) => Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${id}/status`))?.[1] ?? 0));
  return kib.reduce((sum, each) => sum + each, 0) * 1024;
}

/** Watches the resident octets of a process and all that it started, and keeps the most. */
export function watchMemory(pid) {
  let peak = residentOctets(pid);
  const watching = setInterval(() => {
    peak = Math.max(peak, residentOctets(pid));
  }, 250);
  return { stop: () => clearInterval(watching), peak: () => peak };
}

/** Waits until a process has nothing to do any more: work that it put off counts as its own. */
export async function settled(pid, quietMs = 300) {
  const deadline = Date.now() + DEADLINE_MS;
  let before = -1;
  for (let now = cpuSeconds(pid); now - before > 0.01 && Date.now() < deadline; now = cpuSeconds(pid)) {
    before = now;
    await wait(quietMs);
  }
  return cpuSeconds(pid);
}

/** Waits until somebody listens on a port. */
export async function listening(port, child) {
  const deadline = Date.now() + DEADLINE_MS;
  while (Date.now() < deadline && child.exitCode === null) {
    const socket = connect(port, "127.0.0.1");
    const opened = await Promise.race([
      once(socket, "connect").then(
        () => true,
        () => false,
      ),
      once(socket, "error").then(
        () => false,
        () => false,
      ),
    ]);
    socket.destroy();
    if (opened) return;
    await wait(50);
  }
  throw new Error(`nobody listens: ${child.spawnargs.slice(4).join(" ")}`);
}

function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It has ended in the meantime.
    return "";
  }
}

function words(path) {
  return read(path)
    .split(/\s+/)
    .filter((word) => word !== "");
}

function list(path) {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
