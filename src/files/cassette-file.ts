/** The file of a cassette: whether there is one, and how one that has become too old is put away. */
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";

export function hasCapture(path: string): boolean {
  return existsSync(path);
}

/** Puts the capture aside, under a name by which a person finds it, so that there is none the next time. */
export async function recordAnewNextTime(path: string): Promise<void> {
  await rename(path, `${path}.old`);
}
