/**
 * Runs the unit tests with node's own runner. It lists the files itself because `--test` takes no glob in Node 20, and
 * because interop (real servers), fuzz and bench are runs of their own. Words on the command line choose files by a part
 * of their path: `node test/run.mjs imap/framer`.
 */
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const APART = new Set(["interop", "fuzz", "bench"]);

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const chosen = process.argv.slice(2);

const files = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts") && !APART.has(path.split(sep)[0] ?? ""))
  .map((path) => relative(root, join(here, path)).replaceAll(sep, "/"))
  .filter((path) => chosen.length === 0 || chosen.some((word) => path.includes(word)))
  .sort();

if (files.length === 0) {
  console.error("No test file matches.");
  process.exit(1);
}

const run = spawn(
  process.execPath,
  [
    ...["--import", "tsx", "--test", "--test-reporter=spec"],
    // Node's default leaves one core idle, which on two cores doubles the time.
    `--test-concurrency=${availableParallelism() + 1}`,
    // A test that waits for what never comes fails rather than hangs.
    "--test-timeout=30000",
    ...files,
  ],
  { cwd: root, stdio: "inherit" },
);
run.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
