/** The texts of an observation that a bare word is looked for in, besides the lines of its dialogue. */
import type { Exchange } from "../exchange/exchange.ts";
import type { Observation } from "../observation.ts";
import { formatCommand } from "../text/command.ts";

type Texts = readonly (string | undefined)[];

/** Command, mailbox and whatever words the observation itself has. */
export function wordsOf(observation: Observation): Texts {
  switch (observation.kind) {
    case "exchange":
    case "exchangeStarted":
      return [...dialogueOf(observation.exchange), observation.exchange.mailbox];
    case "push":
      return [observation.mailbox];
    case "state":
      return [observation.to, observation.mailbox];
    case "defect":
      return [observation.defect.kind, observation.defect.detail];
    case "notice":
      return [observation.code, observation.text];
    case "connection":
    case "tls":
      return Object.values(observation.event).filter((value) => typeof value === "string");
    case "request":
    case "response":
      return [];
  }
}

/** What an exchange itself still knows of its lines. */
export function dialogueOf({ tag, command, text }: Exchange): Texts {
  return [`${tag} ${formatCommand(command)}`, text];
}
