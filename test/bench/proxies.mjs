/**
 * `npm run bench`: the proxy beside its peers, from end to end, in one run on one machine. A synthetic server and a load
 * generator (native/, in C, so that they are faster than all that is measured) on one core, the contender on the other.
 * Every octet that comes through is compared with what was sent. Contenders take turns within a round, each started anew for
 * each row; figures are medians of the rounds, ratios medians of the ratios within a round.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CONTENDERS } from "./contenders.mjs";
import { build, certificates, runLoad, startServer } from "./native-peers.mjs";
import { end, listening, residentOctets, settled, start, watchMemory } from "./processes.mjs";
import { topOfProfiles } from "./profile.mjs";
import { markdownReport, terminalReport } from "./report.mjs";
import { createResults } from "./results.mjs";
import { ROWS } from "./rows.mjs";

const HELP = `npm run bench -- [OPTION]...

  --quick             a short run: one round, half a second a row, fewer connections
  --only ROW          that row (may be given again): ${ROWS.map(({ name }) => name).join(", ")}
  --contender NAME    that contender, or all with that in their name (may be given again)
  --rounds N          how often each is measured (3)
  --seconds N         how long each row runs (2)
  --profile DIR       imapscope writes processor profiles there; the top of them is printed
  --dir DIR           where recordings and logs go in the meantime (the system's temporary folder)
  --markdown FILE     writes the table as Markdown too
  --help`;

const SERVER_CORE = 0;
const PROXY_CORE = 1;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string", multiple: true, default: [] },
    contender: { type: "string", multiple: true, default: [] },
    rounds: { type: "string" },
    seconds: { type: "string" },
    profile: { type: "string" },
    dir: { type: "string", default: tmpdir() },
    markdown: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (options.help) {
  console.log(HELP);
  process.exit(0);
}

const seconds = Number(options.seconds ?? (options.quick ? 0.5 : 2));
const rounds = Number(options.rounds ?? (options.quick ? 1 : 3));
const scratch = mkdtempSync(join(resolve(options.dir), "imapscope-bench-"));
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

const missing = build(scratch);
if (missing !== undefined) {
  console.log(`Left out: everything. The benchmark needs ${missing}`);
  process.exit(0);
}

const rows = ROWS.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
const contenders = CONTENDERS.filter(isChosen).filter(isInstalled);
const results = createResults();

for (let round = 1; round <= rounds; round++) {
  for (const row of rows.filter(({ once }) => !once || round === 1)) {
    for (const contender of contenders.filter(({ ours }) => ours || !row.oursOnly))
      await measure(row, contender, round);
  }
}
console.log(
  `\n${terminalReport(
    results,
    contenders.map(({ name }) => name),
  )}`,
);
if (options.markdown !== undefined) {
  writeFileSync(
    options.markdown,
    markdownReport(
      results,
      contenders.map(({ name }) => name),
    ),
  );
}

function isChosen({ name }) {
  return (
    options.contender.length === 0 || options.contender.some((word) => word === name || namesMany(word, name))
  );
}

/** A whole name names one only: `imapscope` is also a part of another. */
function namesMany(word, name) {
  return name.includes(word) && CONTENDERS.every((contender) => contender.name !== word);
}

function isInstalled({ name, program, version = [] }) {
  if (program === undefined) return true;
  const { error, stdout, stderr } = spawnSync(program, version, { encoding: "utf8" });
  if (error !== undefined) console.log(`Left out: ${name} (${program} is not installed)`);
  else console.log(`${name}: ${/\d+\.\d+\S*/.exec(`${stdout}${stderr}`)?.[0] ?? "unknown version"}`);
  return error === undefined;
}

/** One run of one row; what fails is said and left out. */
async function measure(row, contender, round) {
  const server = await startServer(scratch, SERVER_CORE);
  const dir = mkdtempSync(join(scratch, "run-"));
  let proxy;
  try {
    proxy = contender.command && (await startProxy(contender, dir, server.port));
    const sample = await sampled(row, proxy, proxy?.port ?? server.port);
    results.add(row, contender.name, round, sample);
    const shown = row.figures.filter(({ ofProxy }) => proxy !== undefined || !ofProxy);
    const said = shown.map(({ of, unit }) => `${of(sample).toFixed(2)} ${unit}`).join(", ");
    console.log(`round ${round}  ${row.name.padEnd(17)} ${contender.name.padEnd(26)} ${said}`);
  } catch (error) {
    console.log(
      `round ${round}  ${row.name.padEnd(17)} ${contender.name.padEnd(26)} FAILED: ${error.message}`,
    );
  } finally {
    if (proxy !== undefined) await end(proxy.child);
    await server.end();
    for (const text of noticesOf(contender, dir)) {
      results.remark(row.name, contender.name, text);
      console.log(`    ! ${text}`);
    }
    rmSync(dir, { recursive: true, force: true });
  }
}

async function startProxy(contender, dir, upstreamPort) {
  const port = await freePort();
  const nodeOptions = options.profile === undefined ? [] : profiling(resolve(options.profile));
  const place = { dir, port, upstreamPort, nodeOptions, ...certificates(scratch) };
  const child = start(PROXY_CORE, contender.command(place), { output: join(dir, "output") });
  await listening(port, child);
  return { child, port };
}

function profiling(dir) {
  mkdirSync(dir, { recursive: true });
  return ["--cpu-prof", `--cpu-prof-dir=${dir}`];
}

/** Runs the load; the proxy's clock is read when it is warm, and when nothing of what it put off is left. */
async function sampled(row, proxy, port) {
  const count = options.quick ? row.quickCount : row.count;
  const before = { cpuSeconds: 0, residentOctets: 0 };
  let grownOctets = 0;
  const onReady = async (word) => {
    if (proxy === undefined) return;
    const { pid } = proxy.child;
    const cpu = await settled(pid);
    if (word === "open") grownOctets = residentOctets(pid) - before.residentOctets;
    else Object.assign(before, { cpuSeconds: cpu, residentOctets: residentOctets(pid) });
  };
  const load = { dir: scratch, core: SERVER_CORE, row: row.load, port, amount: count ?? seconds, onReady };
  const watch = proxy === undefined ? undefined : watchMemory(proxy.child.pid);
  const sample = await runLoad(load).finally(watch?.stop);
  if (proxy === undefined) return { ...sample, count };
  const after = await settled(proxy.child.pid);
  if (after === 0) throw new Error("the proxy is gone");
  const cpuOfRun = after - before.cpuSeconds;
  return { ...sample, count, cpuSeconds: cpuOfRun, residentOctets: grownOctets, peakOctets: watch.peak() };
}

/** What imapscope told its user: an analysis that gave up, a recording with gaps. */
function noticesOf({ ours }, dir) {
  const path = join(dir, "output.errors");
  if (!ours || !existsSync(path)) return [];
  const usual = /^imapscope: (listening|recording|recorded|made|the CA)/i;
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "" && !usual.test(line));
}

/** A port that nobody listens on; the system does not give it again at once. */
function freePort() {
  return new Promise((found) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

if (options.profile !== undefined) console.log(`\n${topOfProfiles(resolve(options.profile)).join("\n")}`);
