/** The version of this package, from its own package.json: what `--version` prints and captures name as their writer. */
import { createRequire } from "node:module";

/** Such as `0.1.0`. */
export function version(): string {
  const described: unknown = createRequire(import.meta.url)("../package.json");
  const isDescribed = typeof described === "object" && described !== null && "version" in described;
  return isDescribed ? String(described.version) : "0";
}
