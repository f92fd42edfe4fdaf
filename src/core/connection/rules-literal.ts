/** Non-synchronizing literals need LITERAL+ or LITERAL-, and LITERAL- has a limit (RFC 7888 §3, §5). */
import { defect } from "../imap/defect.ts";
import type { CommandScene, Rule } from "./rule.ts";

const LITERAL_MINUS_OCTETS = 4096;

const unadvertised: Rule<CommandScene> = ({ frame, model }) => {
  const used = frame.literals.find((literal) => !literal.synchronizing);
  return used !== undefined && model.capabilities.offers("LITERAL+", "LITERAL-", "IMAP4REV2") === false
    ? defect("literal-non-synchronizing-unadvertised", `{${used.octets}+}`)
    : undefined;
};

const tooLarge: Rule<CommandScene> = ({ frame, model: { capabilities } }) => {
  const used = frame.literals.find(
    (literal) => !literal.synchronizing && literal.octets > LITERAL_MINUS_OCTETS,
  );
  const limited =
    capabilities.offers("LITERAL-", "IMAP4REV2") === true && capabilities.offers("LITERAL+") === false;
  return used !== undefined && limited
    ? defect("literal-non-synchronizing-too-large", `{${used.octets}+}`)
    : undefined;
};

export const LITERAL_RULES: readonly Rule<CommandScene>[] = [unadvertised, tooLarge];
