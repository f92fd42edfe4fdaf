/**
 * Runs the unit tests with node's own runner. It lists the files itself because `--test` takes no glob in Node 20, and
 * because interop (real servers), fuzz and bench are runs of their own. Words on the command line choose files by a part
 * of their path: `node test/run.mjs imap/framer`.
 *
 * Node runs each file in a process of its own, and most of the time would go into starting them. So the tests that touch
 * nothing outside of themselves share a few processes; those that open terminals or change the process stay apart. And all
 * are compiled once, beforehand.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { compile } from "./compile.mjs";

/** Runs of their own. */
const APART = new Set(["interop", "fuzz", "bench"]);
/**
 * Each has a process of its own: they wait for processes that they start, open terminals, count what listens to the
 * process, or stop it. The others share: values in, values out, or at most sockets and a folder of their own. Those that
 * take longest come first.
 */
const ALONE = [
  ...[/^tui\/screen\./, /^cli\/(proxy|view)-command\./, /^faults\/(terminal|real-screen)\./],
  ...[/^cli\/.*-(command|screen|client)\./, /^faults\/(full-disk|stalled-output)\./],
  ...[
    /^cli\/(main|hangup|load-in-stages|collect-.*)\./,
    /^tui\/terminal\./,
    /^(docs-examples|fuzz-corpus)\./,
  ],
];

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const chosen = process.argv.slice(2);
const processes = availableParallelism();
/** Processes that share: one more than there are cores, since some tests wait for sockets. */
const parts = processes + 1;
/** Whoever measures which lines are run wants them as they are. */
const isCompiled = process.env["NODE_V8_COVERAGE"] === undefined;

const all = readdirSync(here, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll(sep, "/"));
const files = all
  .filter((path) => path.endsWith(".test.ts") && !APART.has(folderOf(path)))
  .filter((path) => chosen.length === 0 || chosen.some((word) => path.includes(word)))
  .sort();

if (files.length === 0) {
  console.error("No test file matches.");
  process.exit(1);
}

// In the build folder: packages are found from there, and nothing is left in the tree.
mkdirSync(join(root, "dist"), { recursive: true });
const scratch = mkdtempSync(join(root, "dist", "tests-"));
/** Of a CA that tests of other things use (ca-folder.ts). */
const ca = join(scratch, "ca");
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

const sharing = files.filter((path) => aloneAt(path) === -1);
const own = files
  .filter((path) => aloneAt(path) !== -1)
  .sort((a, b) => aloneAt(a) - aloneAt(b))
  .map((path) => join(here, path));
const shared = Array.from({ length: parts }, (_, i) => sharing.filter((_path, at) => at % parts === i))
  .filter((part) => part.length > 0)
  .map(writePart);
const sources = [...shared, ...own];

const run = spawn(
  process.execPath,
  [
    ...(isCompiled ? ["--enable-source-maps"] : ["--import", "tsx"]),
    ...["--test", "--test-reporter=spec"],
    // More than there are cores: some of them wait for processes of their own.
    `--test-concurrency=${parts + 2}`,
    // A test that waits for what never comes fails rather than hangs; a shared process runs many tests on a busy machine.
    "--test-timeout=900000",
    ...(isCompiled ? await compiled() : sources).map((path) => relative(root, path)),
  ],
  {
    ...{ cwd: root, stdio: "inherit" },
    env: {
      ...process.env,
      ...(isCompiled ? { IMAPSCOPE_COMPILED_TESTS: scratch, IMAPSCOPE_TESTS_CA: ca } : {}),
    },
  },
);
run.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));

function aloneAt(path) {
  return ALONE.findIndex((pattern) => pattern.test(path));
}

function folderOf(path) {
  return path.split("/")[0] ?? "";
}

/** A file that imports other test files, so that they run in one process. */
function writePart(part, index) {
  const path = join(scratch, `part-${index + 1}.test.ts`);
  writeFileSync(
    path,
    part
      .map((file) => `import ${JSON.stringify(relative(scratch, join(here, file)).replaceAll(sep, "/"))};\n`)
      .join(""),
  );
  return path;
}

/** The same files, compiled, and beside them the scripts that tests run in processes of their own (script.ts). */
async function compiled() {
  const scripts = all.filter((path) => /-(process|child)\.ts$/.test(path)).map((path) => join(here, path));
  const entries = Object.fromEntries([...sources, ...scripts].map((path) => [outputOf(path), path]));
  await compile({ ...entries, authority: join(root, "src/ca/authority.ts") }, scratch);
  const { openAuthority } = await import(pathToFileURL(join(scratch, "authority.mjs")).href);
  await openAuthority(ca);
  return sources.map((path) => join(scratch, `${outputOf(path)}.mjs`));
}

/** Where in the scratch folder something compiled lies: as its source does in that of the tests. */
function outputOf(source) {
  return relative(source.startsWith(scratch) ? scratch : here, source).replace(/\.ts$/, "");
}
