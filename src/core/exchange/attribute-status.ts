/** To which command an untagged OK, NO, BAD or BYE belongs (RFC 9051 §7.1); its response code decides, else its company. */
import type { ResponseCode, StatusResponse } from "../imap/response.ts";
import { codeEntry } from "../vocabulary/vocabulary.ts";
import { attributeByTag } from "./attribute-search.ts";
import { attributeClosed, attributeSelectData } from "./attribute-select.ts";
import type { OpenExchange } from "./open-exchange.ts";
import type { Surroundings } from "./surroundings.ts";
import { certain, likely, oneOf, UNSOLICITED, type Verdict } from "./verdict.ts";

type CodeRule = (code: ResponseCode, surroundings: Surroundings) => Verdict;

const selectData: CodeRule = (_code, surroundings) => attributeSelectData(surroundings);
const connectionNews: CodeRule = () => UNSOLICITED;

/** Some commands tell a code untagged, before they are completed; others that have it tell it when they are, as a rule. */
function toldBy(untagged: readonly string[], tagged: readonly string[]): CodeRule {
  return (_code, { open }) => {
    const first = open.named(untagged);
    return oneOf(first.length > 0 ? first : open.named(tagged), "likely");
  };
}

const CODE_RULES: ReadonlyMap<string, CodeRule> = new Map([
  ["CLOSED", (_code, surroundings) => attributeClosed(surroundings)],
  ["UNSEEN", selectData],
  ["UIDVALIDITY", selectData],
  ["UIDNEXT", selectData],
  ["PERMANENTFLAGS", selectData],
  ["HIGHESTMODSEQ", selectData],
  ["NOMODSEQ", selectData],
  ["ANNOTATIONS", selectData],
  ["MAILBOXID", selectData],
  ["UIDNOTSTICKY", selectData],
  ["READ-ONLY", selectData],
  ["READ-WRITE", selectData],
  ["COPYUID", toldBy(["MOVE", "UID MOVE"], ["COPY", "UID COPY"])],
  ["APPENDUID", toldBy(["REPLACE", "UID REPLACE"], ["APPEND"])],
  ["CAPABILITY", (_code, surroundings) => attributeCapability(surroundings)],
  ["INPROGRESS", byItsTag],
  ["NOUPDATE", byItsTag],
  ["ALERT", connectionNews],
  ["NOTIFICATIONOVERFLOW", connectionNews],
]);

export function attributeUntaggedStatus(response: StatusResponse, surroundings: Surroundings): Verdict {
  if (response.status === "BYE") {
    const [logout] = surroundings.open.named(["LOGOUT"]);
    return logout === undefined ? UNSOLICITED : certain(logout);
  }
  const { code } = response;
  if (code === undefined) return company(surroundings);
  const rule = CODE_RULES.get(code.name);
  if (rule !== undefined) return rule(code, surroundings);
  const answers = surroundings.open.named(codeEntry(code.name)?.solicitedBy ?? []);
  return answers.length > 0 ? oneOf(answers, "likely") : company(surroundings);
}

/** `* CAPABILITY` and `[CAPABILITY …]`: the command of that name, else news that come with the login (RFC 9051 §6.2.2). */
export function attributeCapability(surroundings: Surroundings): Verdict {
  const asked = surroundings.open.named(["CAPABILITY"]);
  const logins = surroundings.open.named(["LOGIN", "AUTHENTICATE"]);
  if (asked.length === 0) return oneOf(logins.slice(0, 1), "likely");
  return oneOf(
    [...asked, ...logins].sort((a, b) => a.ordinal - b.ordinal),
    "certain",
  );
}

function byItsTag(code: ResponseCode, surroundings: Surroundings): Verdict {
  const { data } = code;
  const tag = data.kind === "progress" || data.kind === "tag" ? data.tag : undefined;
  return tag === undefined ? company(surroundings) : attributeByTag(tag, surroundings);
}

/** Without a hint: the command that is being executed, where there is just one, and it is not IDLE. */
function company(surroundings: Surroundings): Verdict {
  const only: OpenExchange | undefined =
    surroundings.open.count() === 1 ? surroundings.open.oldest() : undefined;
  return only === undefined || only.commandName === "IDLE" ? UNSOLICITED : likely(only);
}
