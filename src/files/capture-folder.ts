/**
 * A folder of captures, `--record DIR/`: what its files are called. A name begins with when its file began, so that names sort
 * as the files were made, and ends with a number, so that no two are alike.
 */
import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { ImapscopeError } from "../errors.ts";
import { type CaptureFile, createCaptureFile } from "./capture-file.ts";
import { systemReason } from "./system-error.ts";

export interface CaptureFolder {
  /** The path of the next file, which begins `now`. */
  readonly nextPath: (now: Date) => string;
}

/** Whether captures go into a folder: it exists, or the path says so by its end. */
export async function isFolder(path: string): Promise<boolean> {
  if (path.endsWith("/") || path.endsWith(sep)) return true;
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * Makes the folder, for its owner only, where there is none.
 * @throws ImapscopeError ERR_CAPTURE_UNWRITABLE
 */
export async function openCaptureFolder(path: string): Promise<CaptureFolder> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new ImapscopeError("ERR_CAPTURE_UNWRITABLE", { path, reason: systemReason(cause) }, { cause });
  }
  let count = 0;
  return {
    nextPath: (now) => {
      count++;
      return join(path, `${timeOf(now)}-${String(count).padStart(4, "0")}.imapcap`);
    },
  };
}

/** `20261122T190000.123Z`: no colons, which Windows does not take. */
function timeOf(now: Date): string {
  return now.toISOString().replaceAll(/[-:]/g, "");
}

/** How many names are tried where another imapscope writes to the same folder in the same millisecond. */
const ATTEMPTS = 10;

/** Makes the file; a name that is taken is left alone and varied. @throws as `createCaptureFile` */
export async function createFolderFile(path: string): Promise<CaptureFile> {
  for (let attempt = 1; ; attempt++) {
    const free = attempt === 1 ? path : path.replace(/\.imapcap$/, `-${attempt}.imapcap`);
    try {
      return await createCaptureFile(free, { force: false });
    } catch (error) {
      const taken = error instanceof ImapscopeError && error.code === "ERR_CAPTURE_EXISTS";
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}
