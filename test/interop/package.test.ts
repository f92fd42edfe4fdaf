/**
 * The package as its user gets it: packed, installed into an empty folder (dependencies come from the registry), run,
 * imported, and seen by the compiler. It needs `npm run build` before, and the network.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { installPackage, ROOT } from "./installed.ts";

const run = promisify(execFile);

let folder = "";
let paths: readonly string[] = [];

before(async () => {
  ({ folder, files: paths } = await installPackage(["@types/node@20"]));
});

after(() => rm(folder, { recursive: true, force: true }));

test("the package holds the program, its types, its pages and the demo, and nothing else", () => {
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
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as { version: string };
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
      'import { cassette, type Matches, withReplay } from "imapscope/testing";',
      "const seen: Observation[] = [];",
      "observeConnection({ onObservation: (observation) => seen.push(observation) }).finish(0);",
      'export const code: ErrorCode = "ERR_ENDPOINT_INVALID";',
      "const match: Matches = (asked, recorded) => asked.command.name === recorded.command.name;",
      'export const port: Promise<number> = withReplay("a.imapcap", (server) => server.port, { match });',
      'await using server = await cassette("a.imapcap");',
      "export const ca: string = server.ca;",
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
  await run(process.execPath, [join(ROOT, "node_modules", "typescript", "bin", "tsc"), ...options], {
    cwd: folder,
  });
});
