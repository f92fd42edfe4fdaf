/** A program on a terminal that draws, and then does what its first argument names; for test/faults/terminal.test.ts. */
import { writeFileSync } from "node:fs";
import { openTerminal } from "../../src/tui/terminal.ts";
import { createCanvas } from "../../src/tui/view/frame.ts";

const [act = "", file = ""] = process.argv.slice(2);
let started = false;
let drawn = 0;
let lag = 0;

const terminal = openTerminal({
  input: process.stdin,
  output: process.stdout,
  environment: process.env,
  onInput: (input) => {
    if (input.kind !== "key") return;
    if (input.name === "C-z") terminal.suspend();
    if (input.name === "q") leave(0);
  },
  onResize: () => draw(),
  onReady: () => {
    draw();
    if (!started) setTimeout(() => ACTS[act]?.(), 100);
    started = true;
  },
  onLost: () => {
    terminal.close();
    draw();
    // Still alive when all errors of the terminal have come.
    setTimeout(() => {
      writeFileSync(file, "lost, closed, alive");
      process.exit(0);
    }, 200);
  },
});

function draw(): void {
  const { columns, rows } = terminal.size();
  const canvas = createCanvas(columns, rows);
  for (let y = 0; y < rows; y++) {
    canvas.text(0, y, `row ${y} 日本 ${String(drawn % 10).repeat(columns)}`, drawn % 2 ? "ok" : "no");
  }
  canvas.text(0, 0, `size ${columns}x${rows} drawn`, "heading");
  terminal.draw(canvas);
  drawn++;
}

function leave(code: number): void {
  terminal.close();
  console.log(`left after ${act}`);
  process.exit(code);
}

function signal(name: "SIGTERM" | "SIGHUP" | "SIGINT"): void {
  process.on(name, () => leave(7));
  process.kill(process.pid, name);
}

/** Draws as fast as it may, and measures how long the loop was held up. */
function flood(): void {
  const until = performance.now() + 2000;
  let last = performance.now();
  let skipped = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    lag = Math.max(lag, now - last);
    last = now;
    if (terminal.isBehind()) skipped++;
    draw();
    if (now < until) return;
    clearInterval(timer);
    writeFileSync(file, JSON.stringify({ lag, drawn, skipped, waiting: process.stdout.writableLength }));
    leave(0);
  }, 5);
}

const ACTS: Readonly<Record<string, () => void>> = {
  stay: () => {},
  close: () => leave(0),
  SIGTERM: () => signal("SIGTERM"),
  SIGHUP: () => signal("SIGHUP"),
  SIGINT: () => signal("SIGINT"),
  crash: () => {
    throw new Error("a bug");
  },
  exit: () => process.exit(3),
  flood,
  // Whoever handles the signal is not ended by it.
  hangup: () => process.on("SIGHUP", () => draw()),
};
