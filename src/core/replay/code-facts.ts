/** Response codes as facts (RFC 9051 §7.1): what each server counts or names for itself is mapped, or only has to be there. */
import { upperCase } from "../imap/ascii-case.ts";
import type { ResponseCode } from "../imap/response.ts";
import { type Answered, type Fact, isObjectId, members, ownMailbox, targetOf, uids } from "./fact.ts";
import { flagText } from "./field-values.ts";

/** Codes with a number that another server counts for itself. */
const COUNTED: ReadonlySet<string> = new Set(["UIDNEXT", "HIGHESTMODSEQ", "XYMHIGHESTMODSEQ", "MODIFIED"]);

/** The facts of a code; `kind` says where it stands. */
export function codeFacts(kind: string, code: ResponseCode, answer: Answered): readonly Fact[] {
  const { name, data } = code;
  const what = `${kind} ${name}`;
  const mailbox = ownMailbox(answer);
  switch (data.kind) {
    case "none":
      return [{ what, value: "" }];
    case "capabilities":
      return [members(what, data.capabilities.map(upperCase))];
    case "flags":
      return [members(what, data.flags.map(flagText))];
    case "number":
      if (COUNTED.has(name)) return [{ what, value: data.value, by: "present" }];
      if (name === "UIDVALIDITY") return [uidValidity(what, data.value, mailbox)];
      return [{ what, value: data.value }];
    case "appendUid":
      return [
        uidValidity(`${what} UIDVALIDITY`, String(data.uidValidity), mailbox),
        uids(`${what} UIDs`, data.uids, mailbox),
      ];
    case "copyUid":
      return [
        uidValidity(`${what} UIDVALIDITY`, String(data.uidValidity), targetOf(answer)),
        uids(`${what} source UIDs`, data.from, answer.mailbox ?? ""),
        uids(`${what} UIDs`, data.to, targetOf(answer)),
      ];
    case "set":
      return [uids(what, data.set, mailbox)];
    case "tag":
    case "progress":
      return [{ what, value: "", by: "present" }];
    case "tokens":
      return [{ what, value: code.text, ...(isObjectId(name) ? { by: "mapped", scope: name } : {}) }];
  }
}

function uidValidity(what: string, value: string, mailbox: string): Fact {
  return { what, value, by: "mapped", scope: `UIDVALIDITY ${mailbox}` };
}
