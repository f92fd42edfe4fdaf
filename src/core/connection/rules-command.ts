/** What a client does wrong with a command as a whole: state, order, size (RFC 9051 §3, §5.5). */
import { defect } from "../imap/defect.ts";
import { COMMANDS, commandEntry } from "../vocabulary/vocabulary.ts";
import type { CommandScene, Rule } from "./rule.ts";

/** While one of these runs, the state in which the next command will be executed is open. */
const STATE_CHANGING: readonly string[] = [
  "LOGIN",
  "AUTHENTICATE",
  "UNAUTHENTICATE",
  "STARTTLS",
  "SELECT",
  "EXAMINE",
  "CLOSE",
  "UNSELECT",
  "LOGOUT",
];

/** Commands during which the numbers of messages may change. IDLE is left to a rule of its own. */
const EXPUNGING: readonly string[] = COMMANDS.filter((entry) => entry.mayExpunge)
  .map((entry) => entry.name)
  .filter((name) => name !== "IDLE" && !STATE_CHANGING.includes(name));

/** Whether another command than this one is open under one of the names. */
function othersOpen({ open, exchange }: CommandScene, names: readonly string[]): string | undefined {
  return names.find((name) =>
    name === exchange.commandName ? open.named([name]).length > 1 : open.has(name),
  );
}

const wrongState: Rule<CommandScene> = (scene) => {
  const { model, command } = scene;
  const state = model.state();
  const entry = commandEntry(command.name);
  if (entry === undefined || !model.isGreeted() || model.saidBye()) return undefined;
  if (state === "unknown" || state === "logout" || entry.states.includes(state)) return undefined;
  if (command.name === "ENABLE" && state === "selected") return undefined;
  if (othersOpen(scene, STATE_CHANGING) !== undefined) return undefined;
  return defect("command-in-wrong-state", `${command.name} in state ${STATE_WORDS[state]}`);
};

const STATE_WORDS = {
  notAuthenticated: "not authenticated",
  authenticated: "authenticated",
  selected: "selected",
} as const;

const enableAfterSelect: Rule<CommandScene> = ({ command, model }) =>
  command.name === "ENABLE" && model.state() === "selected"
    ? defect("enable-after-select", "a mailbox is selected")
    : undefined;

const numbersAfterExpunge: Rule<CommandScene> = (scene) => {
  const { command, model, open } = scene;
  if (commandEntry(command.name)?.usesSequenceNumbers !== true || model.state() !== "selected")
    return undefined;
  if (open.has("SELECT") || open.has("EXAMINE")) return undefined;
  const running = othersOpen(scene, EXPUNGING);
  return running === undefined
    ? undefined
    : defect("sequence-numbers-after-expunge", `${command.name} was sent while ${running} was running`);
};

const numbersUnderUidOnly: Rule<CommandScene> = ({ command, model }) =>
  model.enabled.has("UIDONLY") && commandEntry(command.name)?.usesSequenceNumbers === true
    ? defect("sequence-numbers-under-uidonly", `${command.name} with message sequence numbers`)
    : undefined;

const charsetWithUtf8: Rule<CommandScene> = ({ command: { detail, name }, model }) =>
  detail.kind === "search" &&
  name.endsWith("SEARCH") &&
  detail.charset !== undefined &&
  model.enabled.has("UTF8=ACCEPT")
    ? defect("charset-with-utf8", `CHARSET ${detail.charset}`)
    : undefined;

export const COMMAND_RULES: readonly Rule<CommandScene>[] = [
  wrongState,
  enableAfterSelect,
  numbersAfterExpunge,
  numbersUnderUidOnly,
  charsetWithUtf8,
];
