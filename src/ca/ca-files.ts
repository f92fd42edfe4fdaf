/**
 * The two files of a CA. They are written whole or not at all, and never over an existing one: of two imapscopes that
 * start for the first time at once, both end with the same CA.
 */
import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ImapscopeError } from "../errors.ts";

export interface CaPaths {
  readonly dir: string;
  readonly certificate: string;
  readonly key: string;
}

export function caPathsIn(dir: string): CaPaths {
  return { dir, certificate: join(dir, "imapscope-ca.pem"), key: join(dir, "imapscope-ca.key") };
}

/**
 * The text of a CA file, or `undefined` where there is none.
 * @throws ImapscopeError ERR_CA_UNREADABLE
 */
export async function readCaFile(paths: CaPaths, path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return undefined;
    throw new ImapscopeError("ERR_CA_UNREADABLE", { dir: paths.dir, reason: reasonOf(cause) }, { cause });
  }
}

/** Takes everybody else's access to an existing key, where the file system knows of such a thing. */
export async function closeKeyToOthers(path: string): Promise<void> {
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0) await chmod(path, 0o600);
  } catch {
    // Another user's file on a file system without modes: it can be read, and that is all we need.
  }
}

/**
 * Writes a file of the CA unless there is one by now; what stands there afterwards is to be read.
 * @throws ImapscopeError ERR_CA_UNWRITABLE
 */
export async function writeCaFile(
  paths: CaPaths,
  file: { readonly path: string; readonly text: string; readonly mode: number },
): Promise<void> {
  const temporary = `${file.path}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(paths.dir, { recursive: true, mode: 0o700 });
    await writeFile(temporary, file.text, { mode: file.mode, flag: "wx", flush: true });
    await moveUnlessThere(temporary, file.path);
  } catch (cause) {
    throw new ImapscopeError("ERR_CA_UNWRITABLE", { dir: paths.dir, reason: reasonOf(cause) }, { cause });
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function moveUnlessThere(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (cause) {
    if (codeOf(cause) === "EEXIST") return;
    // A file system without hard links: the race of two first starts stays open there.
    await rename(from, to);
  }
}

function codeOf(cause: unknown): string | undefined {
  return cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "the disk is full"],
  ["ENOTDIR", "a part of the path is no directory"],
  ["EEXIST", "a part of the path is no directory"],
  ["EISDIR", "a directory stands in the place of the file"],
]);

function reasonOf(cause: unknown): string {
  return REASONS.get(codeOf(cause) ?? "") ?? (cause instanceof Error ? cause.message : String(cause));
}
