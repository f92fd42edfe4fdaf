/**
 * Makes `npx imapscope` run this checkout: npm links the commands of dependencies only, so after a build the package's own
 * command is put beside them. Where links cannot be made, `node dist/cli/main.js` does the same.
 */
import { chmodSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const bin = fileURLToPath(new URL("../node_modules/.bin/", import.meta.url));

try {
  chmodSync(main, 0o755);
  mkdirSync(bin, { recursive: true });
  rmSync(`${bin}imapscope`, { force: true });
  symlinkSync("../../dist/cli/main.js", `${bin}imapscope`);
} catch (error) {
  console.warn(`npx imapscope will not work here (${error.message}): use node dist/cli/main.js`);
}
