/** `imapscope ca check`: asks the programs of this machine whether they trust the CA, by a handshake on the loopback address. */
import { execFile } from "node:child_process";
import { safe } from "../core/text/safe.ts";
import { EXIT } from "../errors.ts";
import { openCa } from "../library/interception.ts";
import { startTrustListener } from "../net/trust-listener.ts";
import { type Answer, isAgainst, VERIFIERS, type Verifier, verdictOf } from "./trust-verifiers.ts";

/** For each program; all are asked at once. */
const TIMEOUT_MS = 10_000;

export async function checkTrust(dir: string | undefined): Promise<void> {
  const authority = await openCa(dir, { asFound: true });
  const path = authority.certificatePath;
  const listener = await startTrustListener(await authority.contextFor({ listenerAddress: "127.0.0.1" }));
  const answers = await Promise.all(VERIFIERS.map((each) => ask(each, listener.port)));
  await listener.close();
  const verdicts = VERIFIERS.map((verifier, at) => ({
    verifier,
    answer: answers[at],
    verdict: verdictOf(verifier, answers[at]),
  }));
  const lines = verdicts.map(({ verifier, verdict, answer }) =>
    [verifier.name.padEnd(22), verdict.padEnd(21), adviceFor(verifier, verdict, answer, path)]
      .join("")
      .trimEnd(),
  );
  const against = verdicts.some(({ verifier, verdict }) => isAgainst(verifier, verdict));
  process.stdout.write(`The certificate:  ${path}
Its SHA-256:      ${authority.fingerprint}
Valid until:      ${authority.notAfter.toISOString().slice(0, 10)}

${lines.join("\n")}

${against ? AGAINST : "Every program found here that uses the system's store trusts it."}
Mail clients with stores of their own (Thunderbird, Java, ...): certs/README.md of the package.
`);
  process.exitCode = against ? EXIT.mismatch : EXIT.ok;
}

const AGAINST =
  "Not all programs that use the system's store trust it. imapscope ca trust says how to add it there, for all\nof them at once; the settings above are for one program.";

function adviceFor(
  { remedy }: Verifier,
  verdict: ReturnType<typeof verdictOf>,
  answer: Answer | undefined,
  path: string,
): string {
  if (verdict === "does not trust") return remedy.replace("{ca}", () => path);
  return verdict === "no answer" ? whyNot(answer) : "";
}

/** The first line of what it said; its text may hold anything. */
function whyNot(answer: Answer | undefined): string {
  if (answer?.exitCode === undefined) return "it did not end in time";
  const [said = ""] = answer.output.trim().split("\n");
  return safe(said === "" ? `it ended with exit code ${answer.exitCode}` : said);
}

function ask(verifier: Verifier, port: number): Promise<Answer | undefined> {
  const [program, ...args] = verifier.command(port) ?? [];
  if (program === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const options = { timeout: TIMEOUT_MS, killSignal: "SIGKILL", windowsHide: true } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (error?.code === "ENOENT") resolve(undefined);
      else resolve({ exitCode: child.exitCode ?? undefined, output: stderr + stdout });
    });
    // Programs that would go on to talk end at the end of their input.
    child.stdin?.on("error", () => undefined).end();
  });
}
