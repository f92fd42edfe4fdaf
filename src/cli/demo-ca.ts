/** The CA of the demo: that of the proxy, or one for this run only where that cannot be kept, so that the demo always runs. */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImapscopeError } from "../errors.ts";
import { openCa } from "../library/interception.ts";
import type { Notice } from "../net/notice.ts";

export interface DemoCa {
  readonly dir: string;
  /** The certificate's file. */
  readonly path: string;
  readonly notice: Notice | undefined;
}

/** Of a folder in which this user may not write, or a key of another user. */
const NOT_TO_BE_HAD: ReadonlySet<string> = new Set(["ERR_CA_UNWRITABLE", "ERR_CA_UNREADABLE"]);

/**
 * Opens the CA in a folder that was asked for, else the user's, else one in a temporary folder, which goes with the process.
 * @throws ImapscopeError as `openCa` does
 */
export async function openDemoCa(asked: string | undefined, open = openCa): Promise<DemoCa> {
  try {
    const { dir, certificatePath } = await open(asked);
    return { dir, path: certificatePath, notice: undefined };
  } catch (error) {
    const isSpared = error instanceof ImapscopeError && NOT_TO_BE_HAD.has(error.code);
    if (!isSpared || asked !== undefined) throw error;
    const dir = await mkdtemp(join(tmpdir(), "imapscope-demo-"));
    process.once("exit", () => rmSync(dir, { recursive: true, force: true }));
    const { certificatePath } = await open(dir);
    const text = `${error.message}. A CA for this run only is used instead: ${certificatePath}`;
    return { dir, path: certificatePath, notice: { level: "info", text } };
  }
}
