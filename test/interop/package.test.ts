/**
 * The package as its user gets it: packed, installed into an empty folder (dependencies come from the registry), run,
 * imported, and seen by the compiler. It needs `npm run build` before, and the network.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

let folder = "";

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

let packed: Packed;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "imapscope-package-"));
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
  });
  packed = (JSON.parse(stdout) as Packed[])[0] as Packed;
  await writeFile(join(folder, "package.json"), '{ "type": "module", "private": true }');
  const packages = [`./${packed.filename}`, "@types/node@20"];
  await run("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: folder });
});

after(() => rm(folder, { recursive: true, force: true }));

test("the package holds the program, its types, its pages and the demo, and nothing else", () => {
  const paths = packed.files.map((file) => file.path);
  for (const path of [
    "dist/cli/main.js",
    "dist/index.js",
    "dist/index.d.ts",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "certs/README.md",
  ]) {
    assert.ok(paths.includes(path), `${path} is missing`);
  }
  assert.ok(
    paths.some((path) => /^demo\/.*\.imapcap/.test(path)),
    "the bundled capture is missing",
  );
  const surplus = paths.filter(
    (path) => !/^(dist|docs|demo|certs)\/|^(README|CHANGELOG)\.md$|^LICENSE$|^package\.json$/.test(path),
  );
  assert.deepEqual(surplus, []);
  assert.deepEqual(
    paths.filter((path) => /\.(key|pem|tsbuildinfo)$|\.test\./.test(path)),
    [],
  );
});

test("the command runs", async () => {
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
  const { stdout } = await run("npx", ["--no-install", "imapscope", "--version"], { cwd: folder });
  assert.ok(stdout.includes(version), stdout);
});

test("the bundled capture is found and played", async () => {
  const { stdout } = await run("npx", ["--no-install", "imapscope", "demo"], {
    cwd: folder,
    timeout: 30_000,
  });
  assert.match(stdout, /SELECT/);
});

test("the library is imported by its name", async () => {
  const script = 'import { ImapscopeError } from "imapscope"; console.log(typeof ImapscopeError);';
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder });
  assert.equal(stdout.trim(), "function");
});

test("the compiler sees the library's types, beside Node's", async () => {
  await writeFile(
    join(folder, "use.ts"),
    [
      'import { type ErrorCode, observeConnection, type Observation } from "imapscope";',
      "const seen: Observation[] = [];",
      "observeConnection({ onObservation: (observation) => seen.push(observation) }).finish(0);",
      'export const code: ErrorCode = "ERR_ENDPOINT_INVALID";',
      "// @ts-expect-error: this is no code",
      'export const wrong: ErrorCode = "ERR_NONE";',
    ].join("\n"),
  );
  const options = [
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--types",
    "node",
    "use.ts",
  ];
  await run(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), ...options], {
    cwd: folder,
  });
});
