/**
 * The borders of the house as tables: who may import whom, which packages live where, how long a file may be, and that
 * every source file has its test. The compiler holds the outer border of core (project references, no Node types);
 * this test holds the finer ones. A new folder or a new package needs a row here, and that is the point.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Layers, the most specific path first: a path that ends in `/` is a folder. `imports` names the paths that files of the
 * layer may import; what is of the same layer is always allowed.
 */
interface Layer {
  readonly path: string;
  readonly imports: readonly string[];
}

/** What may be known of octets and grammar without knowing connections. */
const GRAMMAR = ["core/base/", "core/imap/", "core/vocabulary/"];
/** All of core that derives: from facts to exchanges and states. */
const DERIVED = [...GRAMMAR, "core/wire/", "core/dialogue/", "core/exchange/", "core/connection/"];

const LAYERS: readonly Layer[] = [
  { path: "core/base/", imports: [] },
  { path: "core/connection/state.ts", imports: [] },
  { path: "core/wire/", imports: ["core/base/"] },
  { path: "core/vocabulary/", imports: ["core/base/", "core/connection/state.ts"] },
  { path: "core/imap/", imports: ["core/base/", "core/vocabulary/"] },
  { path: "core/capture/", imports: ["core/base/", "core/wire/"] },
  { path: "core/dialogue/", imports: [...GRAMMAR, "core/wire/"] },
  { path: "core/secrets/", imports: [...GRAMMAR, "core/wire/", "core/dialogue/"] },
  { path: "core/intake.ts", imports: [...GRAMMAR, "core/wire/", "core/dialogue/", "core/secrets/"] },
  {
    path: "core/exchange/",
    imports: [...GRAMMAR, "core/wire/", "core/dialogue/", "core/connection/state.ts"],
  },
  {
    path: "core/connection/",
    imports: [...GRAMMAR, "core/wire/", "core/dialogue/", "core/exchange/", "core/connection/state.ts"],
  },
  { path: "core/observation.ts", imports: [...DERIVED, "core/connection/state.ts"] },
  { path: "core/observer/", imports: [...DERIVED, "core/connection/state.ts", "core/observation.ts"] },
  {
    path: "core/observe.ts",
    imports: [...DERIVED, "core/connection/state.ts", "core/observation.ts", "core/observer/"],
  },
  { path: "core/slice-choice.ts", imports: [...DERIVED, "core/observation.ts", "core/slice.ts"] },
  {
    path: "core/check/",
    imports: [...GRAMMAR, "core/wire/", "core/dialogue/", "core/capture/", "core/intake.ts"],
  },
  { path: "core/notes.ts", imports: ["core/base/"] },
  { path: "core/slice.ts", imports: [...GRAMMAR, "core/wire/", "core/dialogue/"] },
  {
    path: "core/replay/",
    imports: [
      ...[...DERIVED, "core/connection/state.ts", "core/observation.ts", "core/observer/", "core/observe.ts"],
      ...["core/secrets/url-tokens.ts", "core/text/"],
    ],
  },
  { path: "core/observer-queue.ts", imports: ["core/base/", "core/wire/"] },
  { path: "core/text/", imports: [...DERIVED, "core/connection/state.ts", "core/observation.ts"] },
  {
    path: "core/query/",
    imports: [...DERIVED, "core/connection/state.ts", "core/observation.ts", "core/text/"],
  },
  { path: "errors.ts", imports: [] },
  { path: "version.ts", imports: [] },
  // The shell: what one folder needs of another comes in as a function, wired by cli or by the public API.
  { path: "net/", imports: ["core/", "errors.ts"] },
  { path: "ca/", imports: ["core/", "errors.ts"] },
  { path: "files/", imports: ["core/", "errors.ts"] },
  { path: "print/", imports: ["core/", "errors.ts"] },
  { path: "tui/", imports: ["core/", "errors.ts"] },
  // The library wires them, and the command line is its first user.
  { path: "library/", imports: ["core/", "net/", "ca/", "files/", "print/", "errors.ts", "version.ts"] },
  {
    path: "cli/",
    imports: ["core/", "net/", "ca/", "files/", "print/", "tui/", "library/", "errors.ts", "version.ts"],
  },
  { path: "testing.ts", imports: ["core/replay/", "library/"] },
  {
    path: "index.ts",
    imports: ["core/", "net/", "ca/", "files/", "print/", "library/", "errors.ts", "version.ts"],
  },
];

/** The parts of the screen, as LAYERS: from lines and rows over the model to the view, and what runs them. */
const SCREEN_PARTS: readonly Layer[] = [
  { path: "tui/terminal-types.ts", imports: ["tui/view/frame.ts", "tui/view/theme.ts"] },
  { path: "tui/view/style.ts", imports: [] },
  { path: "tui/rows/", imports: [] },
  { path: "tui/input/", imports: ["tui/terminal-types.ts"] },
  { path: "tui/details/", imports: ["tui/view/style.ts"] },
  { path: "tui/model/", imports: ["tui/rows/", "tui/details/", "tui/terminal-types.ts"] },
  { path: "tui/view/", imports: ["tui/rows/", "tui/details/", "tui/model/"] },
  {
    path: "tui/run/",
    imports: [
      ...["tui/rows/", "tui/details/", "tui/model/", "tui/view/style.ts"],
      ...["tui/pace.ts", "tui/past.ts", "tui/terminal-types.ts"],
    ],
  },
  {
    path: "tui/terminal.ts",
    imports: ["tui/input/", "tui/view/", "tui/paint.ts", "tui/clipboard.ts", "tui/terminal-types.ts"],
  },
  { path: "tui/screen.ts", imports: ["tui/"] },
];

/** Which files may import which package. A package in no row fails. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "node:net": ["net/"],
  "node:tls": ["net/"],
  "node:dns": ["net/"],
  "node:zlib": ["net/", "files/"],
  "node:fs": ["files/", "ca/", "cli/"],
  "node:crypto": ["ca/", "net/", "files/"],
  "node:stream": ["net/", "files/", "print/", "tui/terminal.ts"],
  "node:events": ["net/", "files/"],
  "node:child_process": ["cli/ca-check-command.ts"],
  "node:readline": ["files/"],
  "node:os": ["files/", "ca/", "net/", "library/interception.ts", "cli/"],
  "node:module": ["version.ts"],
  "node:path": ["files/", "ca/", "cli/"],
  "node:url": ["files/", "ca/", "cli/"],
  "node:process": ["cli/"],
  "node:tty": ["cli/"],
  "node:util": ["print/", "cli/"],
  "node:timers": ["net/", "files/", "cli/"],
  "node:perf_hooks": ["net/", "cli/collect-seldom.ts"],
  "node:v8": ["cli/collect-seldom.ts", "cli/collect-soon.ts"],
  "node-forge": ["ca/"],
  commander: ["cli/"],
  "@commander-js/extra-typings": ["cli/"],
  blessed: ["tui/terminal.ts"],
  "postal-mime": ["tui/details/read-mail.ts"],
};

const MAXIMUM_LINES = 250;
/** Files over the maximum, each with its reason. */
const LONG_FILES: Readonly<Record<string, string>> = {};

/** Source files with code but without a test of their own, each with what tests them instead. */
const TESTED_ELSEWHERE: Readonly<Record<string, string>> = {
  "core/base/mask.ts": "Constants of the masker.",
  "core/dialogue/receive-all.ts":
    "A loop, past switches: test/core/slice.test.ts and core/replay/client-prints.test.ts.",
  "core/dialogue/client-side.ts": "One of the three parts of the dialogue, which are tested together as it.",
  "core/dialogue/server-side.ts": "One of the three parts of the dialogue, which are tested together as it.",
  "net/own-starttls.ts": "imapscope's own STARTTLS: over real sockets in test/net/starttls-gate.test.ts.",
  "net/intercept.ts":
    "Stages of a connection over real sockets: test/net/connection.test.ts and test/net/proxy.test.ts.",
  "net/pass-through.ts": "Octets that are counted only: test/net/arrival.test.ts.",
  "net/stage.ts": "What the stages share and tell: test/net/connection.test.ts and test/net/arrival.test.ts.",
  "net/conversation.ts": "A part of a played client, over real sockets: test/net/replay-client.test.ts.",
  "net/played-client.ts": "A part of a played client, over real sockets: test/net/replay-client.test.ts.",
  "net/server-access.ts": "A part of a played client, over real sockets: test/net/replay-client.test.ts.",
  "net/step-order.ts": "A part of a played client, over real sockets: test/net/replay-client.test.ts.",
  "net/server-handshake.ts": "The upstream's TLS: test/net/upstream.test.ts and test/net/proxy.test.ts.",
  "net/refusal.ts": "The BYE of an upstream that cannot be had: test/net/proxy.test.ts.",
  "net/tls-version.ts": "Constants: test/net/tls-settings.test.ts goes through them.",
  "core/check/dialogue-rules.ts":
    "A part of the check, which is tested as a whole: test/core/check/check.test.ts.",
  "core/check/fields.ts": "A part of the check, which is tested as a whole: test/core/check/check.test.ts.",
  "core/check/literal-end.ts":
    "A part of the check, which is tested as a whole: test/core/check/check.test.ts.",
  "core/check/order.ts": "A part of the check, which is tested as a whole: test/core/check/check.test.ts.",
  "core/check/problem.ts": "A part of the check, which is tested as a whole: test/core/check/check.test.ts.",
  "core/check/read.ts": "A part of the check, which is tested as a whole: test/core/check/check.test.ts.",
  "core/check/secrets.ts": "A part of the check, which is tested as a whole: test/core/check/check.test.ts.",
  "core/check/streams.ts": "A part of the check, which is tested as a whole: test/core/check/check.test.ts.",
  "core/check/units.ts": "A part of the check, which is tested as a whole: test/core/check/check.test.ts.",
  "core/dialogue/phase.ts": "What the parts of the dialogue share; tested as the dialogue.",
  "cli/capture-show.ts": "Runs in test/cli/view-command.test.ts.",
  "cli/until-stopped.ts": "Signals to a proxy: test/cli/proxy-command.test.ts.",
  "cli/show.ts": "Wires printers to stdout: runs in test/cli/proxy-command.test.ts and view-command.test.ts.",
  "cli/show-options.ts": "Options only: tested with the program in test/cli/program.test.ts.",
  "core/replay/fact.ts": "What facts are: test/core/replay/compare.test.ts compares them of all kinds.",
  "core/replay/code-facts.ts": "Rows of test/core/replay/compare.test.ts.",
  "core/replay/data-facts.ts": "Rows of test/core/replay/compare.test.ts.",
  "core/replay/answer-facts.ts": "The facts of an answer are compared in test/core/replay/compare.test.ts.",
  "core/secrets/plan.ts": "Types and three constants: tested with the plans in test/core/secrets.",
  "tui/model/do-action.ts": "What keys do: test/tui/model/update.test.ts and prompting.test.ts.",
  "tui/model/pages.ts": "What opens: test/tui/model/update.test.ts and test/tui/screen.test.ts.",
  "tui/model/step.ts": "Two ways to write a step: test/tui/model/update.test.ts.",
  "tui/model/state.ts": "The state to begin with: test/tui/model/update.test.ts begins with it.",
  "tui/rows/row.ts": "Types, and the names of the kinds of rows: test/tui/rows/row-store.test.ts.",
  "tui/rows/tag-text.ts": "A tag cut to its column: test/tui/run/recall.test.ts finds exchanges by it.",
  "tui/run/detail-lines.ts": "Keeps lines until what they are made of changes: test/tui/screen.test.ts.",
  "tui/view/connections.ts": "A page that is looked at whole: test/tui/screen.test.ts.",
  "tui/view/session.ts": "A page that is looked at whole: test/tui/run/effects.test.ts and screen.test.ts.",
  "tui/view/table.ts":
    "Looked at whole in test/tui/screen.test.ts, in all widths in test/tui/view/view.test.ts.",
  "cli/screen-show.ts":
    "What the screens share: on a terminal in test/cli/capture-screen.test.ts and live-screen.test.ts.",
  "cli/until-aborted.ts": "Ends every screen: test/cli/capture-screen.test.ts.",
  "cli/examples.ts": "Texts of --help: test/cli/program.test.ts.",
  "cli/program-captures.ts": "A part of the command line: test/cli/program.test.ts.",
  "cli/repeatable.ts": "An option that is given twice: test/cli/program.test.ts.",
  "core/replay/casting.ts": "What answers a client, with all its parts: test/core/replay/player.test.ts.",
  "core/replay/client-frames.ts":
    "Cuts a client's octets, in any pieces: a law in test/core/replay/player.test.ts.",
  "core/replay/own-commands.ts":
    "STARTTLS, logins, IDLE, LOGOUT: a table in test/core/replay/player.test.ts.",
  "core/replay/part.ts": "By state and in order: a table in test/core/replay/player.test.ts.",
  "core/replay/play.ts": "What a client is answered: a table in test/core/replay/player.test.ts.",
  "core/replay/scene.ts": "Where a client stands: a table in test/core/replay/player.test.ts.",
  "core/replay/speech.ts": "Tags and capabilities of replies: a table in test/core/replay/player.test.ts.",
  "core/replay/synthesise-fetch.ts": "Fewer messages and items: a table in test/core/replay/player.test.ts.",
  "core/replay/synthesise.ts": "Answers that are made up: a table in test/core/replay/player.test.ts.",
  "files/cassette-file.ts":
    "Where it is recorded, and how it comes into its place: test/library/cassette.test.ts.",
  "library/replay-script.ts": "Loads what test/library/replay.test.ts serves.",
  "net/replay-crypto.ts": "Node's own functions by name; the same in test/core/replay/scram.test.ts.",
  "cli/tell.ts": "Writes to stderr: runs in test/cli/proxy-command.test.ts.",
};

/** Words that hide what a file holds. */
const EMPTY_NAMES = /(^|[-/.])(utils?|helpers?|common|manager|misc|stuff)([-/.]|$)/;

/** What only holds on the machine of the one who wrote it, split so that this file does not hold it. */
const WORKPLACE = [
  ["/wo", "rk/"],
  ["/tm", "p/"],
  ["registry", ".npmjs"],
  ["un", "pkg.com"],
].map((parts) => parts.join(""));

interface SourceFile {
  /** From `src`, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function filesUnder(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}

/** Specifiers of `import … from`, `import type`, `export … from`, bare `import` and `import()`. */
function importsOf(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  const forms = [
    /^(?:import|export)\b[^;"'`=(]*?\bfrom\s*"([^"]+)"/gm,
    /^import\s*"([^"]+)"/gm,
    /\bimport\(\s*"([^"]+)"\s*\)/g,
  ];
  return forms.flatMap((form) => [...code.matchAll(form)].map((match) => match[1] ?? ""));
}

const sources: readonly SourceFile[] = filesUnder("src")
  .filter((path) => path.endsWith(".ts"))
  .map((path) => {
    const text = readFileSync(join(root, "src", path), "utf8");
    return { path, text, imports: importsOf(text) };
  });

function within(path: string, border: string): boolean {
  return border.endsWith("/") ? path.startsWith(border) : path === border;
}

function layerOf(path: string): Layer | undefined {
  return LAYERS.find((layer) => within(path, layer.path));
}

/** `node:fs/promises` is `node:fs`; `@scope/name/file` is `@scope/name`. */
function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}

/** Ambient declarations for the compiler are not part of the program. */
function isDeclaration(file: SourceFile): boolean {
  return file.path.endsWith(".d.ts");
}

test("the scanner sees the files and every form of import", () => {
  assert.ok(sources.length > 20, `only ${sources.length} source files seen`);
  assert.ok(
    sources.filter((file) => file.imports.length > 0).length > 10,
    "hardly any file imports anything",
  );
  const forms = [
    'import { a } from "./a.ts";',
    'import type { B } from "./b.ts";',
    'import {\n  c,\n  type D,\n} from "./c.ts";',
    'export { e } from "./e.ts";',
    'export type * from "./f.ts";',
    'import "./g.ts";',
    'const h = await import("./h.ts");',
    '// import { x } from "./commented.ts";',
  ].join("\n");
  assert.deepEqual(
    importsOf(forms)
      .map((path) => path.slice(2, 3))
      .sort(),
    [..."abcefgh"],
  );
});

test("a file imports only what its layer may see", () => {
  const broken: string[] = [];
  for (const file of sources.filter((each) => !isDeclaration(each))) {
    const layer = layerOf(file.path);
    if (layer === undefined) {
      broken.push(`${file.path} is in no layer`);
      continue;
    }
    for (const specifier of file.imports.filter((each) => each.startsWith("."))) {
      const target = posix.normalize(posix.join(posix.dirname(file.path), specifier));
      const home = layerOf(target);
      const allowed = home === layer || layer.imports.some((border) => within(target, border));
      if (!allowed) broken.push(`${file.path} must not import ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

test("a package is imported only where it belongs", () => {
  const broken: string[] = [];
  for (const file of sources) {
    for (const specifier of file.imports.filter((each) => !each.startsWith("."))) {
      const rooms = PACKAGES[packageOf(specifier)];
      if (rooms === undefined) broken.push(`${file.path}: ${specifier} is in no row of PACKAGES`);
      else if (!rooms.some((room) => within(file.path, room))) {
        broken.push(`${file.path} must not import ${specifier}`);
      }
    }
  }
  assert.deepEqual(broken, []);
});

test("an import can be followed: no computed import(), no require()", () => {
  const computed = sources.filter((file) => /\bimport\((?!\s*")|\brequire\(/.test(file.text));
  assert.deepEqual(
    computed.map((file) => file.path),
    [],
  );
});

test("core reads no clock and no random numbers", () => {
  const impure =
    /\b(Date\.now|new Date\(\)|performance\.|Math\.random|process\.|setTimeout|setInterval|queueMicrotask)/;
  const broken = sources.filter(
    (file) => file.path.startsWith("core/") && impure.test(withoutComments(file.text)),
  );
  assert.deepEqual(
    broken.map((file) => file.path),
    [],
  );
});

/** Where the screen meets the world: the terminal, what runs it and what reads back. All else of it is made of values. */
const SCREEN_RUNS = [
  "tui/terminal.ts",
  "tui/screen.ts",
  "tui/input/reader.ts",
  "tui/run/",
  "tui/details/read-mail.ts",
];

test("what the screen's model, view and details are is pure: no clock, no timer, no file, no terminal", () => {
  const impure =
    /\b(Date\.now|new Date\(\)|performance\.|Math\.random|process\.|set(?:Timeout|Interval|Immediate)|queueMicrotask|async |await )/;
  const pure = sources.filter(
    ({ path }) => path.startsWith("tui/") && !SCREEN_RUNS.some((border) => within(path, border)),
  );
  assert.ok(pure.length > 30);
  const broken = pure.filter(
    ({ text, imports }) =>
      impure.test(withoutComments(text)) || imports.some((specifier) => !specifier.startsWith(".")),
  );
  assert.deepEqual(
    broken.map((file) => file.path),
    [],
  );
});

test("the parts of the screen see only what is beneath them", () => {
  const broken: string[] = [];
  for (const { path, imports } of sources.filter((file) => file.path.startsWith("tui/"))) {
    const part = SCREEN_PARTS.find(({ path: border }) => within(path, border));
    for (const specifier of imports.filter((each) => each.startsWith("."))) {
      const target = posix.normalize(posix.join(posix.dirname(path), specifier));
      if (!target.startsWith("tui/") || part === undefined || within(target, part.path)) continue;
      if (!part.imports.some((border) => within(target, border)))
        broken.push(`${path} must not import ${target}`);
    }
  }
  assert.deepEqual(broken, []);
});

test(`a file has at most ${MAXIMUM_LINES} lines, or a reason`, () => {
  const long = sources
    .filter((file) => file.text.split("\n").length - 1 > MAXIMUM_LINES)
    .map((file) => file.path);
  assert.deepEqual(
    long.filter((path) => LONG_FILES[path] === undefined),
    [],
  );
  assert.deepEqual(
    Object.keys(LONG_FILES).filter((path) => !long.includes(path)),
    [],
    "reasons that are not needed",
  );
});

test("every file says on top what it is for", () => {
  const silent = sources.filter((file) => !/^(#!.*\n)?\/\*\*/.test(file.text));
  assert.deepEqual(
    silent.map((file) => file.path),
    [],
  );
});

test("every file with code has its test at the mirrored path, or a reason", () => {
  const untested = sources
    .filter((file) => !isDeclaration(file) && hasCode(file.text))
    .map((file) => file.path)
    .filter((path) => !existsSync(join(root, "test", path.replace(/\.ts$/, ".test.ts"))));
  assert.deepEqual(
    untested.filter((path) => TESTED_ELSEWHERE[path] === undefined),
    [],
  );
  assert.deepEqual(
    Object.keys(TESTED_ELSEWHERE).filter((path) => !untested.includes(path)),
    [],
    "stale reasons",
  );
});

test("every test under a mirrored folder has its source file", () => {
  const folders = new Set(sources.map((file) => `${file.path.split("/")[0]}/`));
  const orphans = filesUnder("test")
    .filter((path) => path.endsWith(".test.ts") && folders.has(`${path.split("/")[0]}/`))
    .filter((path) => !existsSync(join(root, "src", path.replace(/\.test\.ts$/, ".ts"))));
  assert.deepEqual(orphans, []);
});

test("file names are kebab-case and say what the file holds", () => {
  const paths = [...filesUnder("src"), ...filesUnder("test"), ...filesUnder("scripts")];
  const code = paths.filter((path) => /\.(ts|mjs)$/.test(path));
  assert.ok(code.length > 20);
  assert.deepEqual(
    code.filter((path) => EMPTY_NAMES.test(path)),
    [],
  );
  assert.deepEqual(
    code.filter((path) => !/^[a-z0-9/.-]+$/.test(path)),
    [],
  );
});

test("nothing depends on the machine that it was written on", () => {
  const texts = [
    ...["src", "test", "scripts", "docs"].flatMap((folder) =>
      filesUnder(folder).map((path) => `${folder}/${path}`),
    ),
    ...readdirSync(root).filter((name) => /\.(md|jsonc?)$/.test(name) && name !== "package-lock.json"),
  ].filter((path) => /\.(ts|mjs|md|jsonc?|sh)$/.test(path));
  const broken = texts.flatMap((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return WORKPLACE.filter((word) => text.includes(word)).map((word) => `${path} holds ${word}`);
  });
  assert.deepEqual(broken, []);
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
}

/** Whether anything is left at run time when the types are gone. */
function hasCode(text: string): boolean {
  return /^(export )?(async function|function|const|let|class|for|if|await|void)\b/m.test(
    withoutComments(text),
  );
}
