/** The package as its user gets it: packed, and installed into a folder of its own. It needs a build before, and the network. */
import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Installed {
  readonly folder: string;
  /** Of what was packed, from the root of the package. */
  readonly files: readonly string[];
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Installs it beside other packages, which come from the registry. The folder is the caller's to remove. */
export async function installPackage(others: readonly string[]): Promise<Installed> {
  const folder = await mkdtemp(join(tmpdir(), "imapscope-package-"));
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: ROOT,
  });
  const [packed] = JSON.parse(stdout) as Packed[];
  if (packed === undefined) throw new Error(`npm pack has packed nothing: ${stdout}`);
  await writeFile(join(folder, "package.json"), '{ "type": "module", "private": true }');
  const packages = [`./${packed.filename}`, ...others];
  await run("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: folder });
  return { folder, files: packed.files.map(({ path }) => path) };
}
