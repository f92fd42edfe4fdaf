/**
 * One capture as the fixture of tests in several languages, each as its user would write them and as docs/replay-languages.md
 * shows them: a client that does as recorded passes, and one that marks letters otherwise fails with the report.
 */
import assert from "node:assert/strict";
import { copyFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { installPackage } from "./installed.ts";
import { type Ended, run } from "./process.ts";

const LANGUAGES = fileURLToPath(new URL("languages/", import.meta.url));
const JUNIT = "/usr/share/java/junit-platform-console-standalone.jar";

interface Language {
  readonly name: string;
  /** Of its files below `languages`. */
  readonly folder: string;
  /** The client under test. */
  readonly client: string;
  readonly command: readonly [program: string, ...args: string[]];
}

const ROWS: readonly Language[] = [
  {
    name: "node:test",
    folder: "javascript",
    client: "reader.mjs",
    command: [process.execPath, "--test", "reader.node.test.mjs"],
  },
  {
    name: "vitest",
    folder: "javascript",
    client: "reader.mjs",
    command: ["vitest", "run", "reader.vitest.test.mjs"],
  },
  {
    name: "jest",
    folder: "javascript",
    client: "reader.mjs",
    command: [
      process.execPath,
      ...["--experimental-vm-modules", "../node_modules/jest/bin/jest.js", "--rootDir", "."],
      ...["--testMatch", "**/reader.jest.test.mjs"],
    ],
  },
  {
    name: "pytest",
    folder: "pytest",
    client: "reader.py",
    command: ["/usr/bin/python3", "-B", "-m", "pytest", "-p", "no:cacheprovider"],
  },
  { name: "a shell", folder: "shell", client: "read-new.sh", command: ["sh", "test-read-new.sh"] },
  { name: "Go", folder: "go", client: "reader.go", command: ["go", "test", "-count=1", "./..."] },
  {
    name: "JUnit",
    folder: "java",
    client: "Reader.java",
    command: [
      "sh",
      "-ec",
      `javac -cp ${JUNIT} -d classes *.java; java -jar ${JUNIT} -cp classes --scan-classpath`,
    ],
  },
];

let folder = "";

before(async () => {
  ({ folder } = await installPackage(["vitest@3", "jest@30", "imap@0.8"]));
});

after(() => rm(folder, { recursive: true, force: true }));

/** Runs the tests of a language, with another word in place of one of the client under test. */
async function runTests(
  { folder: language, client, command }: Language,
  word = "",
  instead = "",
): Promise<Ended> {
  const project = join(folder, "project");
  await rm(project, { recursive: true, force: true });
  await mkdir(project);
  await cp(join(LANGUAGES, language), project, { recursive: true });
  await copyFile(join(LANGUAGES, "inbox.imapcap"), join(project, "inbox.imapcap"));
  if (word !== "") {
    const path = join(project, client);
    const text = await readFile(path, "utf8");
    assert.ok(text.includes(word), `${client} has no ${word}`);
    await writeFile(path, text.replace(word, instead));
  }
  const [program, ...args] = command;
  const env = {
    PATH: `${join(folder, "node_modules/.bin")}:${process.env["PATH"]}`,
    HOME: folder,
    GOPROXY: "off",
  };
  // Compilers on a busy machine take their time.
  return run(program, args, { cwd: project, env, timeoutMs: 600_000 });
}

function assertEnded({ code, stdout, stderr }: Ended, passed: boolean, ...says: readonly RegExp[]): void {
  const text = `${stdout}\n${stderr}`;
  assert.equal(code === 0, passed, text);
  for (const each of says) assert.match(text, each);
}

for (const row of ROWS) {
  test(`${row.name}: a client that does as recorded passes`, async () => {
    assertEnded(await runTests(row), true);
  });

  test(`${row.name}: a client that sets another flag fails, and the report names it`, async () => {
    const ended = await runTests(row, "Seen", "Flagged");
    assertEnded(
      ended,
      false,
      /Replay failed: 1 command had no recorded answer/,
      /flags: \\Seen missing, \\Flagged too much/,
    );
  });
}
