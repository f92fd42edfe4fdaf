/**
 * Compiles the tests, and what of src they test, once for all processes: to compile in each of them, as tsx does, takes a
 * third of the time of all tests. What is compiled lies elsewhere, but says that it stands where its source does.
 */
import { readFile } from "node:fs/promises";
import { sep } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** `import.meta` of every file is that of its source. */
const standsWhereItsSourceDoes = {
  name: "stands where its source does",
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const contents = text
        .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href))
        .replaceAll("import.meta.dirname", JSON.stringify(path.slice(0, path.lastIndexOf(sep))));
      return { contents, loader: "ts" };
    });
  },
};

/** @param {Record<string, string>} entries file to make, below the folder and without its ending, by its source */
export async function compile(entries, folder) {
  await build({
    entryPoints: Object.entries(entries).map(([out, source]) => ({ in: source, out })),
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // Each module once in a process, also where it is imported late.
    splitting: true,
    packages: "external",
    ...{ platform: "node", format: "esm", target: "node20", sourcemap: true, logLevel: "warning" },
    plugins: [standsWhereItsSourceDoes],
  });
}
