/** imapscope in a pty, with an emulator behind it: what a person would see, and when. */
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pty from "@lydell/node-pty";
import headless from "@xterm/headless";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const DEADLINE_MS = 300_000;
/** Octets that come within so long of each other are of one frame. */
const FRAME_GAP_MS = 8;

/** `emulated: false` only counts what is written. */
export function openInTerminal(words, { columns, rows, emulated = true, nodeOptions = [] }) {
  const began = performance.now();
  const child = pty.spawn(process.execPath, [...nodeOptions, MAIN, ...words], {
    ...{ cols: columns, rows, name: "xterm-256color" },
    env: { ...process.env, COLORFGBG: "15;0" },
  });
  const kill = () => child.kill("SIGKILL");
  process.on("exit", kill);
  const emulator = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const frames = { count: 0, octets: 0 };
  let last = 0;
  const watchers = new Set();
  child.onData((text) => {
    const now = performance.now();
    if (now - last > FRAME_GAP_MS) frames.count++;
    last = now;
    frames.octets += text.length;
    if (!emulated) return;
    emulator.write(text, () => {
      for (const watch of watchers) watch();
    });
  });
  let over = false;
  const ended = new Promise((resolve) => {
    child.onExit(() => {
      over = true;
      process.removeListener("exit", kill);
      resolve();
    });
  });

  const line = (y) =>
    emulator.buffer.active.getLine(emulator.buffer.active.baseY + y)?.translateToString(true) ?? "";

  /** Resolves with the milliseconds until the screen is as wanted, since `from`. */
  async function until(isShown, from = performance.now()) {
    if (isShown(line)) return performance.now() - from;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not in time: ${isShown}\n${text()}`)), DEADLINE_MS);
      const watch = () => {
        if (!isShown(line)) return;
        watchers.delete(watch);
        clearTimeout(late);
        resolve(performance.now() - from);
      };
      watchers.add(watch);
    });
  }

  const text = () => Array.from({ length: rows }, (_, y) => line(y)).join("\n");

  return {
    pid: child.pid,
    began,
    frames,
    line,
    text,
    until,
    type: (keys) => child.write(keys),
    /** Types a key and gives the milliseconds until the screen shows it. */
    press: (keys, isShown) => {
      const from = performance.now();
      child.write(keys);
      return until(isShown, from);
    },
    /** No longer takes what is written to it. */
    stall: () => child.pause(),
    end: async () => {
      child.resume();
      // A second time, so that it does not wait for clients.
      for (const patience of [500, 10_000]) {
        if (!over) child.kill("SIGTERM");
        await Promise.race([ended, wait(patience)]);
      }
      if (!over) kill();
      await ended;
      emulator.dispose();
    },
  };
}

/** Keys that change the screen in a way that can be told, and back. */
export const KEYS = [
  ["?", (line) => line(1).startsWith(" Keys")],
  ["h", (line) => line(1).startsWith("   time")],
  ["H", (line) => line(0).includes("HIDDEN")],
  ["H", (line) => !line(0).includes("HIDDEN")],
  ["c", (line) => line(1).includes("client")],
  ["h", (line) => line(1).startsWith("   time")],
  ["g", (line) => line(2).includes("open") && !line(0).includes("FOLLOW")],
  ["G", (line) => line(0).includes("FOLLOW")],
];
