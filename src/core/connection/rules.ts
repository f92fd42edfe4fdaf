/** All rules on behaviour, by what they look at. */
import {
  byResponseName,
  type CommandScene,
  type CompletionScene,
  type ResponseRule,
  type Rule,
} from "./rule.ts";
import { COMMAND_RULES } from "./rules-command.ts";
import { COMPLETION_RULES } from "./rules-completion.ts";
import { CREDENTIAL_RULES } from "./rules-credentials.ts";
import { EXTENSION_RULES } from "./rules-extension.ts";
import { LITERAL_RULES } from "./rules-literal.ts";
import { MAILBOX_RULES } from "./rules-mailbox.ts";
import { COMPLETION_CODE_RULES, RESPONSE_RULES } from "./rules-response.ts";
import { UID_VALIDITY_COMPLETION_RULES, UID_VALIDITY_RULES } from "./rules-uid-validity.ts";

export const ON_COMMAND: readonly Rule<CommandScene>[] = [
  ...COMMAND_RULES,
  ...CREDENTIAL_RULES,
  ...EXTENSION_RULES,
  ...LITERAL_RULES,
];

export const ON_RESPONSE: readonly ResponseRule[] = [
  ...RESPONSE_RULES,
  ...MAILBOX_RULES,
  ...UID_VALIDITY_RULES,
];

/** Those of ON_RESPONSE that may have something to say of a response of this name. */
export const responseRules = byResponseName(ON_RESPONSE);

export const ON_COMPLETION: readonly Rule<CompletionScene>[] = [
  ...COMPLETION_RULES,
  ...COMPLETION_CODE_RULES,
  ...UID_VALIDITY_COMPLETION_RULES,
];
