/** `imapscope check`: what is wrong with a capture that a person has edited, and what can be repaired. */
import type { CheckProblem } from "../core/check/problem.ts";
import { safe } from "../core/text/safe.ts";
import { EXIT, ImapscopeError } from "../errors.ts";
import { checkCaptureFile, writeRepaired } from "../library/check.ts";
import { tell } from "./tell.ts";

export interface CheckOptions {
  readonly fix: boolean;
  readonly inPlace: boolean;
  readonly force: boolean;
  readonly json?: true | undefined;
}

export async function runCheck(
  path: string,
  out: string | undefined,
  { fix, inPlace, force, json }: CheckOptions,
): Promise<void> {
  process.stdout.on("error", () => undefined);
  const target = inPlace ? path : out;
  if (fix && (target === undefined || target === "-")) throw new ImapscopeError("ERR_REPAIR_NOWHERE");
  const { problems, repaired } = await checkCaptureFile(path);
  print(path, problems, json === true);
  let left = problems;
  if (fix && target !== undefined) {
    if (repaired === undefined) throw new ImapscopeError("ERR_CAPTURE_NOT_MENDED", { path });
    ({ problems: left } = await writeRepaired(target, repaired, { force: inPlace || force }));
    const rest = left.length === 0 ? "nothing is wrong with it" : `${counted(left)} left`;
    tell(`imapscope: repaired into ${target}: ${rest}`);
    if (left.length > 0) print(target, left, json === true);
  } else if (json !== true) tell(`imapscope: ${path}: ${counted(problems)}`);
  if (left.some(({ level }) => level === "error")) process.exitCode = EXIT.mismatch;
}

function print(path: string, problems: readonly CheckProblem[], json: boolean): void {
  const lines = problems.map((one) => (json ? asJson(path, one) : asText(path, one)));
  process.stdout.write(lines.join(""));
}

/** As compilers write it, so that editors find the line. */
function asText(path: string, { level, line, connection, text, hint }: CheckProblem): string {
  const about = connection === undefined ? "" : `connection ${connection}: `;
  return `${safe(`${path}:${line}: ${level}: ${about}${text}`)}\n    ${safe(hint)}\n`;
}

function asJson(file: string, { kind, level, line, connection, text, hint }: CheckProblem): string {
  return `${JSON.stringify({ kind: "problem", file, line, level, problem: kind, connection, text, hint })}\n`;
}

function counted(problems: readonly CheckProblem[]): string {
  const errors = problems.filter(({ level }) => level === "error").length;
  const warnings = problems.length - errors;
  const words = [many(errors, "error"), many(warnings, "warning")].filter((each) => each !== "");
  return words.length === 0 ? "nothing wrong" : words.join(", ");
}

function many(count: number, word: string): string {
  if (count === 0) return "";
  return `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
}
