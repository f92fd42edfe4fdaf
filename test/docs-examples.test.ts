/**
 * Examples that run. Every block of TypeScript in docs/library.md, docs/replay.md and README.md is compiled with the project's own
 * strictness against the sources, and run with what is built of them; what it prints is compared with the lines that follow `// ->` in it.
 */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format, promisify } from "node:util";
import { transform } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** In the build folder, so that packages are found from there and nothing is left in the tree. */
const cache = join(root, "dist", "examples");

interface Example {
  readonly title: string;
  readonly file: string;
  readonly code: string;
}

function examplesOf(page: string): Example[] {
  const text = readFileSync(join(root, page), "utf8");
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)];
  return blocks.map((block, i) => {
    const heading = [...text.slice(0, block.index).matchAll(/^#+ (.*)$/gm)].at(-1)?.[1] ?? page;
    const file = `${page.replaceAll(/\W/g, "-")}-${i}.ts`;
    return { title: `${page}: ${heading}`, file, code: block[1] ?? "" };
  });
}

const examples = ["docs/library.md", "docs/replay.md", "README.md"].flatMap(examplesOf);
let folder = "";

/** With the package's two entries taken from a folder of the project. */
function importing(code: string, from: string, ending: string): string {
  return code
    .replaceAll('from "imapscope"', `from "../../../${from}/index.${ending}"`)
    .replaceAll('from "imapscope/testing"', `from "../../../${from}/testing.${ending}"`);
}

function runnable(file: string): string {
  return join(folder, file.replace(/\.ts$/, ".mjs"));
}

before(async () => {
  mkdirSync(cache, { recursive: true });
  folder = mkdtempSync(join(cache, "run-"));
  for (const { file, code } of examples) {
    writeFileSync(join(folder, file), importing(code, "src", "ts"));
    const { code: compiled } = await transform(importing(code, "dist", "js"), { loader: "ts" });
    writeFileSync(runnable(file), compiled);
  }
});

after(() => rmSync(folder, { recursive: true, force: true }));

test("there are examples", () => {
  assert.ok(examples.length >= 8, `only ${examples.length} examples found`);
});

test("examples compile", async () => {
  const config = {
    extends: "../../../test/tsconfig.json",
    compilerOptions: { rootDir: "../../..", noUnusedLocals: false, incremental: false },
    include: ["*.ts", "../../../src/core/runtime.d.ts"],
    references: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  await promisify(execFile)(process.execPath, [tsc, "-p", folder]).catch((failure: { stdout: string }) =>
    assert.fail(failure.stdout),
  );
});

for (const { title, file, code } of examples) {
  test(`${title} runs as written`, async (context) => {
    const printed: string[] = [];
    context.mock.method(console, "log", (...values: unknown[]) => printed.push(format(...values)));
    await import(pathToFileURL(runnable(file)).href);
    const expected = [...code.matchAll(/^\s*\/\/ -> ?(.*)$/gm)].map((line) => line[1] ?? "");
    assert.deepEqual(printed.join("\n").split("\n"), expected.length === 0 ? [""] : expected);
  });
}
