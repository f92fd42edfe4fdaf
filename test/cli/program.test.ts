import assert from "node:assert/strict";
import { test } from "node:test";
import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { createProgram } from "../../src/cli/program.ts";

function command(...names: string[]) {
  let found: CommandUnknownOpts = createProgram() as unknown as CommandUnknownOpts;
  for (const name of names) {
    const next = found.commands.find((each) => each.name() === name);
    assert.ok(next, `no command ${name}`);
    found = next;
  }
  return found;
}

test("every command of the design is there", () => {
  for (const names of [
    ["proxy"],
    ["view"],
    ["demo"],
    ["ca", "path"],
    ["ca", "export"],
    ["ca", "trust"],
    ["ca", "check"],
  ]) {
    assert.notEqual(command(...names).description(), "");
  }
});

test("everything that shows observations takes the same options", () => {
  for (const name of ["proxy", "view", "demo"]) {
    const flags = command(name).options.map((option) => option.long);
    for (const flag of ["--lines", "--json", "--transcript", "--verbose", "--filter"]) {
      assert.ok(flags.includes(flag), `${name} ${flag}`);
    }
  }
});

test("help says what a capture holds, and shows examples", () => {
  const written: string[] = [];
  createProgram()
    .configureOutput({ writeOut: (text) => written.push(text) })
    .outputHelp();
  assert.match(
    written.join(""),
    /Examples:[\s\S]*imapscope proxy imaps:[\s\S]*holds no credentials[\s\S]*hold the mail/,
  );
});
