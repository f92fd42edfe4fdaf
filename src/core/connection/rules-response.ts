/** What is wrong with an untagged response by itself, or with its coming at all. */
import { isExtended } from "../exchange/attribute-search.ts";
import { setSize } from "../exchange/range-set.ts";
import { type Defect, defect } from "../imap/defect.ts";
import type { Response } from "../imap/response.ts";
import type { ConnectionModel } from "./connection-model.ts";
import { type CompletionScene, on, type ResponseRule, type Rule } from "./rule.ts";

const AUTOLOGOUT_MICROS = 30 * 60 * 1_000_000;
const AUTOLOGOUT_WORDS = /auto-?\s?logout|inactiv|idle (for )?too long|time(d)?[ -]?out/i;

/** Attributes of a mailbox that exclude each other (RFC 9051 §7.3.1, RFC 3348 §3). */
const CONTRADICTIONS: readonly (readonly [string, string])[] = [
  ["\\HASCHILDREN", "\\HASNOCHILDREN"],
  ["\\HASCHILDREN", "\\NOINFERIORS"],
  ["\\MARKED", "\\UNMARKED"],
  ["\\MARKED", "\\NOSELECT"],
];

const STATUSES = ["OK", "NO", "BAD", "BYE", "PREAUTH"];
const LISTS = ["LIST", "LSUB", "XLIST", "RLIST", "RLSUB"];

const listAttributes = on(LISTS, ({ response }) => {
  if (response.kind !== "data" || response.data.kind !== "list") return undefined;
  const attributes = new Set(response.data.attributes.map((attribute) => attribute.toUpperCase()));
  const pair = CONTRADICTIONS.find(([a, b]) => attributes.has(a) && attributes.has(b));
  return (
    pair &&
    defect("list-attributes-contradict", `${response.data.mailbox.name}: ${pair.join(" and ").toLowerCase()}`)
  );
});

const esearchWithoutTag = on(["ESEARCH"], ({ response }) =>
  response.kind === "data" && response.data.kind === "esearch" && response.data.tag === undefined
    ? defect("esearch-without-tag", "ESEARCH without (TAG …)")
    : undefined,
);

/** What was asked by UID is answered by UID, and says so wherever numbers of messages follow (RFC 9051 §7.3.4). */
const esearchWithoutUid = on(["ESEARCH"], ({ response, verdict: { exchange } }) => {
  if (response.kind !== "data" || response.data.kind !== "esearch" || response.data.uid) return undefined;
  const { results } = response.data;
  const numbers = ["MIN", "MAX", "ALL", "PARTIAL"].find((name) => results.has(name));
  return numbers !== undefined && exchange?.command.uid === true
    ? defect(
        "response-data-missing",
        `ESEARCH in answer to ${exchange.commandName} has ${numbers} without UID`,
      )
    : undefined;
});

const searchForEsearch = on(["SEARCH", "SORT"], ({ response, verdict }) => {
  if (response.kind !== "data" || (response.name !== "SEARCH" && response.name !== "SORT")) return undefined;
  return verdict.exchange !== undefined && isExtended(verdict.exchange)
    ? defect("search-for-esearch", `${response.name} in answer to RETURN`, { certainty: "likely" })
    : undefined;
});

const dataAfterBye: ResponseRule = ({ response, model }) =>
  response.kind === "data" && model.saidBye()
    ? defect("data-after-bye", `${response.name} came after BYE`)
    : undefined;

function capabilitiesIn(response: Response): readonly string[] | undefined {
  if (response.kind === "data" && response.name === "CAPABILITY" && response.data.kind === "capabilities") {
    return response.data.capabilities;
  }
  if (response.kind !== "status" || response.code?.name !== "CAPABILITY") return undefined;
  return response.code.data.kind === "capabilities" ? response.code.data.capabilities : undefined;
}

/** For greetings and completions too: what a list of capabilities must and must not hold (RFC 9051 §6.1.1, §6.2.1). */
export function capabilityDefect(
  response: Response,
  model: Pick<ConnectionModel, "tls">,
): Defect | undefined {
  const list = capabilitiesIn(response)?.map((name) => name.toUpperCase());
  if (list === undefined) return undefined;
  if (!list.some((name) => /^IMAP4(REV[12])?$/.test(name))) {
    return defect("capability-missing", "neither IMAP4rev1 nor IMAP4rev2 is in the list");
  }
  // To a plain client before a TLS server it is imapscope that offers STARTTLS.
  const tls = model.tls("server") === true && model.tls("client") !== false;
  return tls && list.includes("STARTTLS")
    ? defect("capability-missing", "STARTTLS is advertised although TLS is on")
    : undefined;
}

const capabilities = on(["CAPABILITY", ...STATUSES], ({ response, model }) =>
  capabilityDefect(response, model),
);

/** The sets of COPYUID correspond one to one (RFC 4315 §3). */
export function copyUidDefect(response: Response): Defect | undefined {
  if (response.kind !== "status" || response.code?.data.kind !== "copyUid") return undefined;
  const from = setSize(response.code.data.from);
  const to = setSize(response.code.data.to);
  return from !== undefined && to !== undefined && from !== to
    ? defect("copyuid-sizes-differ", `${from} messages became ${to}`)
    : undefined;
}

const copyUid = on(STATUSES, ({ response }) => copyUidDefect(response));

const autologout = on(["BYE"], ({ response, model, open, silentMicros }) => {
  if (response.kind !== "status" || response.status !== "BYE" || open.has("LOGOUT")) return undefined;
  const state = model.state();
  if (state !== "authenticated" && state !== "selected") return undefined;
  if (silentMicros === undefined || silentMicros >= AUTOLOGOUT_MICROS) return undefined;
  return AUTOLOGOUT_WORDS.test(response.text)
    ? defect("autologout-too-soon", `after ${Math.floor(silentMicros / 1_000_000)} s without a command`, {
        certainty: "likely",
      })
    : undefined;
});

export const RESPONSE_RULES: readonly ResponseRule[] = [
  listAttributes,
  esearchWithoutTag,
  esearchWithoutUid,
  searchForEsearch,
  dataAfterBye,
  capabilities,
  copyUid,
  autologout,
];

export const COMPLETION_CODE_RULES: readonly Rule<CompletionScene>[] = [
  ({ response, model }) => capabilityDefect(response, model),
  ({ response }) => copyUidDefect(response),
];
