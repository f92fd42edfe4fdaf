/**
 * `npm run complete-lock`: adds to package-lock.json the builds for other platforms that npm left out because the registry
 * at hand did not have them. Without them `npm ci` refuses the lock, here and elsewhere; with them it skips, by os, cpu and
 * libc, whatever is not for its own platform. Such an entry has no integrity until somebody locks it where it can be had.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Record<string, LockedPackage>;
}

const path = join(dirname(dirname(fileURLToPath(import.meta.url))), "package-lock.json");

/** `@biomejs/cli-linux-x64-musl` says what it is for: os, cpu, and on Linux the libc. */
function platformOf(name: string): Record<string, readonly string[]> {
  const [, os = "", cpu = "", abi = ""] = /-([a-z0-9]+)-([a-z0-9]+)(?:-([a-z0-9]+))?$/.exec(name) ?? [];
  const libc =
    os !== "linux" ? {} : abi.startsWith("musl") ? { libc: ["musl"] } : abi === "" ? {} : { libc: ["glibc"] };
  return { cpu: [cpu], ...libc, os: [os] };
}

const lock = JSON.parse(readFileSync(path, "utf8")) as Lock;
const all = new Map(Object.entries(lock.packages));
for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`;
    if (all.has(key)) continue;
    all.set(key, { version, dev: true, optional: true, ...platformOf(name) } as LockedPackage);
    console.log(`${name} ${version}`);
  }
}
const sorted = [...all].sort(([one], [other]) => one.localeCompare(other, "en"));
writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
