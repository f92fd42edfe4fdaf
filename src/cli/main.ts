#!/usr/bin/env node
/** The command line's entry: runs the program, and turns what went wrong into a message and an exit code. */
import { EXIT, ImapscopeError } from "../errors.ts";
import { createProgram } from "./program.ts";
import { tellError } from "./tell.ts";

try {
  await createProgram().parseAsync();
} catch (error) {
  tellError(error);
  process.exitCode = error instanceof ImapscopeError ? error.exitCode : EXIT.bug;
}
