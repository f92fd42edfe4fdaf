/**
 * Runs the unit tests with node's own runner. It lists the files itself because `--test` takes no glob in Node 20, and
 * because interop (real servers), fuzz and bench are runs of their own. Words on the command line choose files by a part
 * of their path: `node test/run.mjs imap/framer`.
 *
 * Node runs each file in a process of its own, and most of the time would go into starting them. So the tests that touch
 * nothing outside of themselves share a few processes; those that start processes or read the whole tree stay apart.
 */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Runs of their own. */
const APART = new Set(["interop", "fuzz", "bench"]);
/** Those that share: values in, values out, or at most sockets and a folder of their own. */
const SHARING = new Set([
  ...["core", "laws", "tables", "print", "ca", "files", "library", "net", "faults"],
  ...["details", "model", "rows", "run", "view"].map((folder) => `tui/${folder}`),
]);
/** They open terminals, count what listens to the process, or stop it: each has one of its own. */
const ALONE = new Set(["faults/terminal.test.ts"]);

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const chosen = process.argv.slice(2);
const processes = availableParallelism();

const files = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts") && !APART.has(folderOf(path)))
  .filter((path) => chosen.length === 0 || chosen.some((word) => path.replaceAll(sep, "/").includes(word)))
  .sort();

if (files.length === 0) {
  console.error("No test file matches.");
  process.exit(1);
}

// In the build folder: packages are found from there, and nothing is left in the tree.
mkdirSync(join(root, "dist"), { recursive: true });
const scratch = mkdtempSync(join(root, "dist", "tests-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

const sharing = files.filter(shares);
const own = files.filter((path) => !shares(path)).map((path) => join(here, path));
const shared = Array.from({ length: processes }, (_, i) =>
  sharing.filter((_path, at) => at % processes === i),
)
  .filter((part) => part.length > 0)
  .map(writePart);

const run = spawn(
  process.execPath,
  [
    ...["--import", "tsx", "--test", "--test-reporter=spec"],
    // More than there are cores: some of them wait for processes of their own.
    `--test-concurrency=${processes + 2}`,
    // A test that waits for what never comes fails rather than hangs; a shared process runs many tests on a busy machine.
    "--test-timeout=900000",
    // Those that wait for processes of their own first: the others fill the time.
    ...[...own, ...shared].map((path) => relative(root, path)),
  ],
  { cwd: root, stdio: "inherit" },
);
run.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));

function shares(path) {
  const slashed = path.replaceAll(sep, "/");
  const [folder = "", sub = ""] = slashed.split("/");
  return !ALONE.has(slashed) && (SHARING.has(folder) || SHARING.has(`${folder}/${sub}`));
}

function folderOf(path) {
  return path.split(sep)[0] ?? "";
}

/** A file that imports other test files, so that they run in one process. */
function writePart(part, index) {
  const path = join(scratch, `part-${index + 1}.test.mjs`);
  const imports = part.map((file) => `import ${JSON.stringify(pathToFileURL(join(here, file)).href)};`);
  writeFileSync(path, `${imports.join("\n")}\n`);
  return path;
}
