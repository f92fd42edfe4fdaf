/**
 * `npm run check`: builds, and then runs the checks side by side, since each alone leaves cores idle. Each is a script of
 * package.json; what it says comes out when it ends. `npm test` is the same with the unit tests beside (`--tests`), which
 * say what they do as they go, and of which the frame is a part.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

const { scripts } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const withTests = process.argv.includes("--tests");
// The longest first.
const checks = ["lint", "unused", "types", "package", ...(withTests ? [] : ["frame"])];

/** Runs a script as npm does, without the half second that npm takes for it. */
function run(name, stdio) {
  return new Promise((resolve) => {
    const child = spawn(scripts[name], { shell: true, stdio });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (octets) => said.push(octets));
    child.on("close", (code) => {
      process.stdout.write(Buffer.concat(said));
      resolve({ name, isGood: code === 0 });
    });
  });
}

const ended = [await run("build", "inherit")];
if (ended[0].isGood) {
  const tests = withTests ? run("unit", "inherit") : undefined;
  // The tests have processes enough.
  const lanes = Array.from({ length: withTests ? 1 : availableParallelism() }, async () => {
    for (let name = checks.shift(); name !== undefined; name = checks.shift()) {
      ended.push(await run(name, ["ignore", "pipe", "pipe"]));
    }
  });
  await Promise.all(lanes);
  if (tests !== undefined) ended.push(await tests);
}
const bad = ended.filter(({ isGood }) => !isGood).map(({ name }) => name);
if (bad.length > 0) console.error(`Failed: ${bad.join(", ")}`);
process.exitCode = bad.length > 0 ? 1 : 0;
