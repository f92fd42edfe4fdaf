/** What a processor profile of Node says, in a few lines: where the time itself was spent, by function. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SHOWN = 25;

/** The functions with the most time of their own in all profiles of a folder. */
export function topOfProfiles(dir) {
  const micros = new Map();
  let all = 0;
  for (const name of readdirSync(dir).filter((each) => each.endsWith(".cpuprofile"))) {
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(dir, name), "utf8"));
    const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
    for (const [i, id] of samples.entries()) {
      const { functionName, url, lineNumber } = byId.get(id);
      if (functionName === "(idle)") continue;
      const place = url === "" ? "" : ` ${url.split("/").slice(-2).join("/")}:${lineNumber + 1}`;
      const key = `${functionName || "(anonymous)"}${place}`;
      micros.set(key, (micros.get(key) ?? 0) + timeDeltas[i]);
      all += timeDeltas[i];
    }
  }
  return [...micros]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([key, each]) => `${((100 * each) / all).toFixed(1).padStart(6)} %  ${key}`);
}
