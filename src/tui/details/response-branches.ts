/** A response as a tree, a row for each shape of data that there is. */
import type {
  CodeData,
  FetchItem,
  FetchValue,
  Namespace,
  Response,
  ResponseCode,
  ResponseData,
  UidSet,
} from "../../core/imap/response.ts";
import type { Token } from "../../core/imap/token.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { formatSet, formatToken } from "../../core/text/token.ts";
import { type Branch, content, leaf } from "./branch.ts";
import { named, wordList } from "./command-branches.ts";
import { DOTS, hiddenToken, hiddenValue, hiddenWord } from "./hide.ts";
import type { DetailOptions } from "./material.ts";
import { envelopeBranches, structureBranch } from "./message-branches.ts";
import { tokenBranches } from "./token-branches.ts";

type Shapes = { readonly [Kind in ResponseData["kind"]]: Extract<ResponseData, { readonly kind: Kind }> };
type Rows = {
  readonly [Kind in keyof Shapes]: (data: Shapes[Kind], options: DetailOptions) => readonly Branch[];
};

const ROWS: Rows = {
  count: () => [],
  capabilities: ({ capabilities }, { hidden }) =>
    wordList("capabilities", capabilities, "capability", hidden),
  flags: ({ flags }, { hidden }) => wordList("flags", flags, "flag", hidden),
  list: ({ attributes, delimiter, mailbox, extended }, { hidden }) => [
    named("mailbox", mailbox),
    ...wordList("attributes", attributes, "flag", hidden),
    content("delimiter", delimiter ?? "NIL"),
    ...[...extended].map(([name, token]) => tokenBranch(name, token, hidden)),
  ],
  status: ({ mailbox, items }, { hidden }) => [
    named("mailbox", mailbox),
    ...[...items].map(([name, value]) =>
      leaf(hidden ? hiddenWord(name) : name, hidden ? hiddenWord(value) : value, {
        about: [{ topic: "item", name }],
      }),
    ),
  ],
  search: ({ numbers, modSeq }) => [
    ...(modSeq === undefined ? [] : [leaf("highest mod-sequence", modSeq)]),
    {
      label: "found",
      text: `${groupDigits(numbers.length)} messages`,
      children: () => numberLines(numbers),
    },
  ],
  esearch: ({ tag, mailbox, uidValidity, uid, results }, { hidden }) => [
    ...(tag === undefined ? [] : [leaf("answers", tag, { about: [{ topic: "notion", name: "tag" }] })]),
    ...(mailbox === undefined ? [] : [named("mailbox", mailbox)]),
    ...(uidValidity === undefined ? [] : [leaf("UIDVALIDITY", String(uidValidity))]),
    leaf("numbers are", uid ? "UIDs" : "sequence numbers"),
    ...[...results].map(([name, token]) => tokenBranch(name, token, hidden)),
  ],
  thread: ({ threads }, { hidden }) => tokenBranches(threads, hidden),
  fetch: ({ items }, options) => items.map((item) => itemBranch(item, options)),
  vanished: ({ earlier, uids }) => [leaf("earlier", earlier ? "yes" : "no"), ...setBranches("UIDs", uids)],
  quota: ({ root, resources }) => [
    content("root", root === "" ? '""' : root),
    ...resources.map(({ name, usage, limit }) => ({
      ...leaf(name, `${usage} of ${limit}`),
      contentLabel: true,
    })),
  ],
  quotaRoot: ({ mailbox, roots }) => [
    named("mailbox", mailbox),
    ...roots.map((root) => content("root", root)),
  ],
  namespace: ({ personal, otherUsers, shared }) => [
    ...namespaces("personal", personal),
    ...namespaces("other users'", otherUsers),
    ...namespaces("shared", shared),
  ],
  id: ({ fields }) =>
    fields === null
      ? [leaf("NIL", "")]
      : [...fields].map(([name, value]) => ({ ...content(name, value ?? "NIL"), contentLabel: true })),
  acl: ({ mailbox, rights }) => [
    named("mailbox", mailbox),
    ...rights.map(([who, what]) => ({ ...content(who, what), contentLabel: true })),
  ],
  myRights: ({ mailbox, rights }) => [named("mailbox", mailbox), content("rights", rights)],
  listRights: ({ mailbox, identifier, rights }) => [
    named("mailbox", mailbox),
    content("of", identifier),
    ...rights.map((right) => content("may be granted", right)),
  ],
  metadata: ({ mailbox, entries }) => [
    named("mailbox", mailbox),
    ...entries.map(({ name, value }) => ({
      ...content(name, value === undefined ? "has changed" : (value ?? "NIL")),
      contentLabel: true,
    })),
  ],
  converted: ({ tokens }, { hidden }) => tokenBranches(tokens, hidden),
  tokens: ({ tokens }, { hidden }) => (hidden ? [] : tokenBranches(tokens, false)),
};

export function responseBranches(response: Response, options: DetailOptions): readonly Branch[] {
  switch (response.kind) {
    case "data":
      return dataBranches(response.data.kind, response.data, options);
    case "malformed":
      return [content("text", response.text)];
    case "status":
      return [
        leaf("status", response.status, { about: [{ topic: "response", name: response.status }] }),
        ...codeBranches(response.code, options),
        content("text", response.text),
      ];
    case "continuation":
      return [...codeBranches(response.code, options), content("text", response.text)];
  }
}

function dataBranches<Kind extends keyof Shapes>(
  kind: Kind,
  data: Shapes[Kind],
  options: DetailOptions,
): readonly Branch[] {
  return ROWS[kind](data, options);
}

function codeBranches(code: ResponseCode | undefined, { hidden }: DetailOptions): readonly Branch[] {
  if (code === undefined) return [];
  const inside = codeDataBranches(code.data, hidden);
  const about = [{ topic: "code", name: code.name } as const];
  const name = hidden ? hiddenWord(code.name) : code.name;
  if (inside.length === 0) return [leaf("code", name, { about })];
  return [{ label: "code", text: name, about, opened: true, children: () => inside }];
}

function codeDataBranches(data: CodeData, hidden: boolean): readonly Branch[] {
  switch (data.kind) {
    case "none":
      return [];
    case "capabilities":
      return wordList("capabilities", data.capabilities, "capability", hidden);
    case "flags":
      return wordList("flags", data.flags, "flag", hidden);
    case "number":
      return [leaf("number", data.value)];
    case "appendUid":
      return [leaf("UIDVALIDITY", String(data.uidValidity)), ...setBranches("UIDs", data.uids)];
    case "copyUid":
      return [
        leaf("UIDVALIDITY", String(data.uidValidity)),
        ...setBranches("from", data.from),
        ...setBranches("to", data.to),
      ];
    case "set":
      return setBranches("messages", data.set);
    case "tag":
      return [leaf("tag", data.tag)];
    case "progress":
      return [leaf("done", `${data.done ?? "?"} of ${data.total ?? "?"}`)];
    case "tokens":
      return tokenBranches(data.tokens, hidden);
  }
}

function itemBranch({ name, value }: FetchItem, options: DetailOptions): Branch {
  const { hidden } = options;
  const about = [{ topic: "item", name } as const];
  const label = hidden ? hiddenWord(name) : name;
  const children = valueBranches(value, options);
  const text = hidden ? hiddenValue(value) : valueText(value);
  if (children === undefined)
    return { label, text, about, style: value.kind === "octets" ? "literal" : "plain" };
  return { label, text: value.kind === "flags" ? text : "", about, opened: value.kind !== "flags", children };
}

function valueText(value: FetchValue): string {
  switch (value.kind) {
    case "flags":
      return `(${value.flags.slice(0, 20).join(" ")}${value.flags.length > 20 ? " …" : ""})`;
    case "number":
      return value.value;
    case "text":
      return value.text ?? "NIL";
    case "octets":
      return value.head === null ? "NIL" : `${groupDigits(value.octets)} octets, shown in the dialogue`;
    default:
      return "";
  }
}

function valueBranches(value: FetchValue, options: DetailOptions): (() => readonly Branch[]) | undefined {
  switch (value.kind) {
    case "flags":
      if (value.flags.length === 0) return undefined;
      return () =>
        value.flags.map((name) =>
          leaf(options.hidden ? hiddenWord(name) : name, "", { about: [{ topic: "flag", name }] }),
        );
    case "envelope":
      return () => envelopeBranches(value.envelope, options.decodeWords);
    case "bodyStructure":
      return () => [structureBranch(value.structure, value.structure.kind === "part" ? "1" : "", options)];
    case "tokens":
      return () => (options.hidden ? [leaf("", DOTS)] : tokenBranches(value.tokens, false));
    default:
      return undefined;
  }
}

function tokenBranch(name: string, token: Token, hidden: boolean): Branch {
  const label = hidden ? hiddenWord(name) : name;
  if (hidden) return leaf(label, hiddenToken(token));
  if (token.kind !== "list") return leaf(label, formatToken(token, 200));
  return { label, text: formatToken(token, 60), children: () => tokenBranches(token.items, false) };
}

const PER_LINE = 10;

function numberLines(numbers: readonly number[]): readonly Branch[] {
  return Array.from({ length: Math.ceil(numbers.length / PER_LINE) }, (_none, line) =>
    leaf("", numbers.slice(line * PER_LINE, (line + 1) * PER_LINE).join(" ")),
  );
}

function setBranches(label: string, set: UidSet): readonly Branch[] {
  if (set.length <= 1) return [leaf(label, set.length === 0 ? "none" : formatSet(set))];
  return [
    {
      label,
      text: formatSet(set),
      children: () => set.map((range) => leaf("", formatSet([range]))),
    },
  ];
}

function namespaces(label: string, some: readonly Namespace[]): readonly Branch[] {
  if (some.length === 0) return [leaf(label, "none", { style: "faint" })];
  return some.map(({ prefix, delimiter }) => content(label, `"${prefix}" delimiter ${delimiter ?? "NIL"}`));
}
