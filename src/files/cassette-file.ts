/**
 * The file of a cassette: whether there is one, how a new one comes into its place, and how one that has become too old is put
 * away. Test suites that run side by side may record the same one: each is found when it is complete, and the last one stays.
 */
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { ImapscopeError } from "../errors.ts";
import { temporaryBeside } from "./replace-file.ts";
import { systemCode, systemReason } from "./system-error.ts";

export interface CassetteFile {
  /** Where to record: beside its place, under a name that is free. */
  readonly temporary: string;
  /** Puts what was recorded in its place. @throws ImapscopeError ERR_CAPTURE_UNWRITABLE */
  readonly keep: () => Promise<void>;
  /** Leaves nothing of it. */
  readonly discard: () => Promise<void>;
}

export function hasCapture(path: string): boolean {
  return existsSync(path);
}

/** Makes the folder, where there is none. @throws ImapscopeError ERR_CAPTURE_UNWRITABLE */
export async function beginCassette(path: string): Promise<CassetteFile> {
  const temporary = temporaryBeside(path);
  await orUnwritable(path, mkdir(dirname(path), { recursive: true }));
  return {
    temporary,
    keep: () => orUnwritable(path, rename(temporary, path)),
    discard: () => rm(temporary, { force: true }),
  };
}

async function orUnwritable(path: string, doing: Promise<unknown>): Promise<void> {
  try {
    await doing;
  } catch (cause) {
    throw new ImapscopeError("ERR_CAPTURE_UNWRITABLE", { path, reason: systemReason(cause) }, { cause });
  }
}

/** Puts the capture aside, under a name by which a person finds it, so that there is none the next time. */
export async function recordAnewNextTime(path: string): Promise<void> {
  try {
    await rename(path, `${path}.old`);
  } catch (error) {
    // Another suite has done it.
    if (systemCode(error) !== "ENOENT") throw error;
  }
}
