/**
 * Screens that a person can read, kept in test/tui/golden: `NAME.screen`. With UPDATE_SCREENS=1 in the environment they are
 * written instead of compared; look at the difference before it is committed.
 */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("./golden/", import.meta.url);

/** Compares a screen, without blanks at the ends of its lines and blank lines at its end, with the one kept. */
export function expectScreen(name: string, text: string): void {
  const screen = `${text.replace(/[^\S\n]+$/gm, "").replace(/\n+$/, "")}\n`;
  const path = new URL(`${name}.screen`, folder);
  if (process.env["UPDATE_SCREENS"] === "1") {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, screen);
    return;
  }
  assert.ok(existsSync(path), `There is no ${name}.screen yet: UPDATE_SCREENS=1 writes it.\n\n${screen}`);
  assert.equal(
    screen,
    readFileSync(path, "utf8"),
    `${name}.screen differs; UPDATE_SCREENS=1 takes the new one`,
  );
}
