/** `npm run docs`: writes the pages of docs/ that are made from tables in the code, and the screens that pages show. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { madePages } from "./docs-pages.ts";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

for (const [path, page] of madePages()) {
  writeFileSync(join(root, path), page);
  console.log(path);
}

const SCREEN = /(<!-- screen: ([\w-]+) -->\n\n```\n)[\s\S]*?```/g;

const docs = readdirSync(join(root, "docs")).map((name) => join("docs", name));
for (const path of ["README.md", ...docs].filter((name) => name.endsWith(".md"))) {
  const page = readFileSync(join(root, path), "utf8");
  const screen = (name: string): string => readFileSync(join(root, `test/tui/golden/${name}.screen`), "utf8");
  const current = page.replace(SCREEN, (_, before: string, name: string) => `${before}${screen(name)}\`\`\``);
  if (current === page) continue;
  writeFileSync(join(root, path), current);
  console.log(path);
}
