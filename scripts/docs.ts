/** `npm run docs`: writes the pages of docs/ that are made from tables in the code. */
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { madePages } from "./docs-pages.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

for (const [path, page] of madePages()) {
  writeFileSync(join(root, path), page);
  console.log(path);
}
