/**
 * Answers that nobody recorded and that the capture can give all the same: so that a client which asks a little more, or a
 * little less, than the recorded one goes on. All of it is said to be made up, in the report and in the text of the answer.
 */
import { latin1, utf8 } from "../base/octets.ts";
import { capabilitiesIn } from "./capabilities.ts";
import { asksForDelimiter } from "./leeway.ts";
import type { Request } from "./request.ts";
import type { Saying } from "./saying.ts";
import type { Scene } from "./scene.ts";
import type { ConnectionScript, Script, Step } from "./script.ts";
import { fewer } from "./synthesise-fetch.ts";

export interface Synthesis {
  /** Everything before the tagged response; to be gone through once. */
  readonly sayings: Iterable<Saying>;
  /** What it was made of, in a few words. */
  readonly how: string;
}

export interface Known {
  readonly script: Script;
  /** The recorded connection that is being played. */
  readonly own: ConnectionScript | undefined;
  readonly scene: Scene;
  /** The exchange that asked for the same and more, and was not used. */
  readonly more: Step | undefined;
  /** How far into the stream of the own connection's server the client has been told. */
  readonly toldUpTo: number;
  /** Makes a list of capabilities true of the replay. */
  readonly alter: (line: string) => string;
}

/** By command: an answer, or `undefined` where the capture has none. */
const ANSWERS: Readonly<Record<string, (request: Request, known: Known) => Synthesis | undefined>> = {
  CAPABILITY: (_request, known) => capability(known),
  NOOP: () => said([], "nothing to tell"),
  CHECK: () => said([], "nothing to tell"),
  LOGOUT: () => said(["* BYE imapscope: the replay of this connection ends"], "the end of the connection"),
  ID: (_request, known) => recorded(known, "ID") ?? said(["* ID NIL"], "no ID was recorded"),
  ENABLE: (_request, known) =>
    recorded(known, "ENABLE") ?? said(["* ENABLED"], "nothing was enabled in the recording"),
  NAMESPACE: (_request, known) => recorded(known, "NAMESPACE") ?? namespace(known),
  LIST: (request, known) => (asksForDelimiter(request) ? delimiterOf(known) : undefined),
  UNSELECT: (_request, { scene }) =>
    scene.mailbox === undefined ? undefined : said([], "no mailbox is selected"),
  IDLE: () => said([], "nothing happens"),
  FETCH: (request, known) => fewer(request, known),
  "UID FETCH": (request, known) => fewer(request, known),
};

export function synthesise(request: Request, known: Known): Synthesis | undefined {
  const { name } = request.command;
  return Object.hasOwn(ANSWERS, name) ? ANSWERS[name]?.(request, known) : undefined;
}

/** The list that was recorded last where the client stands, of its own connection or any other; else that of before a login. */
function capability({ script, own, scene, alter }: Known): Synthesis {
  const scripts = own === undefined ? script.connections : [own, ...script.connections];
  const first = (place: "before" | "behind"): string | undefined => {
    for (const { capabilities } of scripts) {
      const line = capabilities[place];
      const words = line && capabilitiesIn(latin1(line));
      if (words !== undefined) return `* CAPABILITY ${words.join(" ")}`;
    }
    return undefined;
  };
  const here = first(scene.authenticated ? "behind" : "before");
  if (here !== undefined) return said([alter(here)], "the capabilities that were recorded last");
  const before = scene.authenticated ? first("before") : undefined;
  return before === undefined
    ? said([alter("* CAPABILITY IMAP4rev1")], "no capabilities were recorded")
    : said([alter(before)], "the capabilities that were recorded before the login");
}

/** What was answered to that command anywhere, but for its completion. */
function recorded({ script, own }: Known, name: string): Synthesis | undefined {
  const scripts = own === undefined ? script.connections : [own, ...script.connections];
  for (const { told } of scripts) {
    const step = told.get(name);
    if (step === undefined) continue;
    const data = step.replies.filter((reply) => !reply.tagged && reply.name.startsWith(name));
    return {
      sayings: data.map(({ run }): Saying => ({ kind: "run", run })),
      how: `the answer of exchange ${step.id}`,
    };
  }
  return undefined;
}

function namespace(known: Known): Synthesis {
  return withDelimiter(known, (delimiter) => `* NAMESPACE (("" ${delimiter})) NIL NIL`);
}

function delimiterOf(known: Known): Synthesis {
  return withDelimiter(known, (delimiter) => `* LIST (\\Noselect) ${delimiter} ""`);
}

/** Without a delimiter there is no hierarchy (RFC 9051 §6.3.10). */
function withDelimiter({ script: { delimiter } }: Known, line: (delimiter: string) => string): Synthesis {
  return delimiter === undefined
    ? said([line("NIL")], "no hierarchy delimiter was recorded")
    : said([line(`"${delimiter.replace(/["\\]/, "\\$&")}"`)], "the hierarchy delimiter that LIST told");
}

function said(lines: readonly string[], how: string): Synthesis {
  return { sayings: lines.map((line): Saying => ({ kind: "octets", bytes: utf8(`${line}\r\n`) })), how };
}
