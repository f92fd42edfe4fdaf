/** All that answers a command as facts. Texts for people are none. */
import type { ResponseCode, Status } from "../imap/response.ts";
import { codeFacts } from "./code-facts.ts";
import { dataFacts } from "./data-facts.ts";
import type { Answered, Fact } from "./fact.ts";

/** The facts of an answer by what they are about; of several about the same the last one holds. */
export function factsOf(answer: Answered): ReadonlyMap<string, Fact> {
  const facts = new Map<string, Fact>();
  const add = (fact: Fact) => facts.set(fact.what, fact);
  add({ what: "status", value: answer.status ?? "none" });
  if (answer.code !== undefined) for (const fact of codeFacts("code", answer.code, answer)) add(fact);
  const expunged: number[] = [];
  for (const response of answer.untagged) {
    if (response.kind === "status") {
      for (const fact of statusFacts(response.status, response.code, answer)) add(fact);
    } else if (response.kind === "data") {
      if (response.name === "EXPUNGE") expunged.push(response.number ?? 0);
      else for (const fact of dataFacts(response, answer)) add(fact);
    }
  }
  if (expunged.length > 0) add({ what: "EXPUNGE", value: expunged.join(" ") });
  return facts;
}

function statusFacts(status: Status, code: ResponseCode | undefined, answer: Answered): readonly Fact[] {
  const said = status === "OK" ? [] : [{ what: `untagged ${status}`, value: "" }];
  return code === undefined ? said : [...said, ...codeFacts("untagged code", code, answer)];
}
