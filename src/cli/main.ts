#!/usr/bin/env node
/** The command line's entry: runs the program, and turns what went wrong into a message and an exit code. */
import { EXIT, ImapscopeError } from "../errors.ts";
import { createProgram } from "./program.ts";
import { tellError } from "./tell.ts";

// Messages that nobody can read any more are no reason to fail.
process.stderr.on("error", () => undefined);

try {
  await createProgram().parseAsync();
} catch (thrown) {
  const error = isOutOfDescriptors(thrown) ? new ImapscopeError("ERR_TOO_FEW_DESCRIPTORS") : thrown;
  tellError(error);
  process.exitCode = error instanceof ImapscopeError ? error.exitCode : EXIT.bug;
}

/** Node opens many files at once to load them (load-in-stages.ts), which is still more than the lowest limits allow. */
function isOutOfDescriptors(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "EMFILE" || error.code === "ENFILE");
}
