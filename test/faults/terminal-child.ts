/** A program on a terminal that draws, and then does what its first argument names; for test/faults/terminal.test.ts. */
import { writeFileSync } from "node:fs";
import { openTerminal } from "../../src/tui/terminal.ts";
import { createCanvas } from "../../src/tui/view/frame.ts";

const [act = "", file = ""] = process.argv.slice(2);
let started = false;
let drawn = 0;
let note = "";

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
      writeFileSync(file, "lost, closed, alive\n");
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
  canvas.text(0, 0, `size ${columns}x${rows} drawn${note}`, "heading");
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

/** Draws until much was left out: the loop goes on although the terminal takes nothing. */
function flood(): void {
  let skipped = 0;
  const timer = setInterval(() => {
    if (terminal.isBehind()) skipped++;
    draw();
    if (skipped < 100) return;
    clearInterval(timer);
    writeFileSync(file, `${process.stdout.writableLength} octets wait\n`);
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
  hangup: () => {
    // Whoever handles the signal is not ended by it.
    process.on("SIGHUP", () => draw());
    note = ", hangups are heard";
    draw();
  },
};
