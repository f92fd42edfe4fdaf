/** The exchange in words: what the command wants, how it ended, what came, and why it is thought to belong here. */
import type { Certainty } from "../../core/exchange/attribution.ts";
import type { Exchange } from "../../core/exchange/exchange.ts";
import type { Defect } from "../../core/imap/defect.ts";
import type { Response } from "../../core/imap/response.ts";
import { explain, type Subject } from "../../core/text/explain.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { commandEntry, responseEntry } from "../../core/vocabulary/vocabulary.ts";
import { span } from "../view/style.ts";
import { titleOf, unique, writeExplanation } from "./explain-lines.ts";
import { hiddenWord } from "./hide.ts";
import type { DialogueEntry, Material } from "./material.ts";
import { responseName, subjectsOf } from "./subjects.ts";
import { rangeLabel, type Writer } from "./writer.ts";

/** Flags and names that are told of one exchange. */
const NAMES = 200;

export function writeWords(writer: Writer, material: Material): void {
  if (material.kind === "event") {
    const { observation, response } = material;
    const seen = response ?? observation;
    const entry = isDialogue(seen) ? seen : undefined;
    if (entry === undefined) writer.line([span("this is not of IMAP, and needs no words", "faint")]);
    else writeSubjects(writer, "event", unique(subjectsOf(entry)), true);
    return;
  }
  const { exchange, dialogue } = material;
  const found = foundIn(dialogue);
  section(writer, "command", [{ topic: "command", name: exchange.commandName }], true);
  section(writer, "how it ended", endSubjects(exchange), true);
  writeDefects(writer, exchange.defects);
  section(writer, "changes of state", found.states, true);
  writeResponses(writer, exchange, found);
  section(writer, "flags and attributes", found.flags, false);
  section(writer, "capabilities", found.capabilities, false);
  section(writer, "data items", itemSubjects(exchange), false);
}

function isDialogue(seen: { readonly kind: string }): seen is DialogueEntry {
  return ["response", "request", "push", "defect", "state"].includes(seen.kind);
}

function section(writer: Writer, title: string, subjects: readonly Subject[], opened: boolean): void {
  if (subjects.length === 0) return;
  writer.line([span(title, "faint")]);
  writeSubjects(writer, title, subjects, opened);
}

function writeSubjects(writer: Writer, name: string, subjects: readonly Subject[], opened: boolean): void {
  writer.each(`words/${name}`, subjects.length, rangeLabel(name), (inner, place) => {
    const subject = subjects[place];
    if (subject !== undefined) writeSubject(inner, `words/${name}.${place}`, subject, opened);
  });
}

function writeSubject(writer: Writer, fold: string, subject: Subject, opened: boolean): void {
  const explanation = explain(subject);
  writer.fold(
    fold,
    [span(titleOf(subject, writer.options.hidden), "heading")],
    (inner) => writeExplanation(inner, explanation),
    {
      about: [subject],
      opened,
    },
  );
}

function endSubjects({ end, status, code }: Exchange): readonly Subject[] {
  return [
    ...(status === undefined
      ? [{ topic: "end", name: end } as const]
      : [{ topic: "response", name: status } as const]),
    ...(code === undefined ? [] : [{ topic: "code", name: code.name } as const]),
  ];
}

function itemSubjects({ command: { detail } }: Exchange): readonly Subject[] {
  const items = detail.kind === "fetch" || detail.kind === "status" ? detail.items : [];
  return unique(items.slice(0, NAMES).map((name) => ({ topic: "item", name })));
}

function writeDefects(writer: Writer, defects: readonly Defect[]): void {
  if (defects.length === 0) return;
  writer.line([span("defects", "faint")]);
  writer.each("words/defects", defects.length, rangeLabel("defects"), (inner, place) => {
    const { kind, detail, rfc, by, certainty } = defects[place] ?? {};
    if (kind === undefined || rfc === undefined) return;
    const guess = certainty === "likely" ? ", likely" : "";
    inner.fold(
      `words/defects.${place}`,
      [span(kind, "defect"), span(` by the ${by}${guess}`, "faint")],
      (deep) => {
        if (!inner.options.hidden) deep.text([span("seen: ", "faint")], detail ?? "");
        writeExplanation(deep, { ...explain({ topic: "defect", name: kind }), rfc });
      },
      { about: [{ topic: "defect", name: kind }], opened: place < 3 },
    );
  });
}

interface Found {
  readonly flags: readonly Subject[];
  readonly capabilities: readonly Subject[];
  readonly states: readonly Subject[];
  /** Responses by name and certainty, in the order in which they first came. */
  readonly responses: readonly Answers[];
}

interface Answers {
  readonly name: string;
  readonly certainty: Certainty;
  count: number;
  /** The most commands that one of them may belong to. */
  candidates: number;
}

/** Of each dialogue once: a long one is looked at for every fold that is opened. */
const FOUND = new WeakMap<object, Found>();

function foundIn(dialogue: readonly DialogueEntry[]): Found {
  const known = FOUND.get(dialogue);
  if (known !== undefined) return known;
  const found = find(dialogue);
  FOUND.set(dialogue, found);
  return found;
}

/** One walk over all that was said. */
function find(dialogue: readonly DialogueEntry[]): Found {
  const flags = new Set<string>();
  const capabilities = new Set<string>();
  const states = new Set<string>();
  const responses = new Map<string, Answers>();
  let last: Answers | undefined;
  for (const entry of dialogue) {
    if (entry.kind === "state") states.add(entry.to);
    if (entry.kind !== "response") continue;
    if (flags.size < NAMES) for (const flag of flagsOf(entry.response)) flags.add(flag);
    if (capabilities.size < NAMES) for (const each of capabilitiesOf(entry.response)) capabilities.add(each);
    if (entry.role === "tagged") continue;
    const { certainty, candidates } = entry.attribution;
    const name = responseName(entry.response);
    // Equal ones mostly come in a row.
    const key = last?.name === name && last.certainty === certainty ? "" : `${certainty} ${name}`;
    const answers: Answers = (key === "" ? last : responses.get(key)) ?? {
      name,
      certainty,
      count: 0,
      candidates: 0,
    };
    last = answers;
    answers.count++;
    answers.candidates = Math.max(answers.candidates, candidates.length);
    if (key !== "" && responses.size < NAMES) responses.set(key, answers);
  }
  const subjects = (topic: Subject["topic"], names: ReadonlySet<string>): readonly Subject[] =>
    [...names].slice(0, NAMES).map((name) => ({ topic, name }));
  return {
    flags: subjects("flag", flags),
    capabilities: subjects("capability", capabilities),
    states: subjects("state", states),
    responses: [...responses.values()],
  };
}

const NO_NAMES: readonly string[] = [];

function flagsOf(response: Response): readonly string[] {
  if (response.kind === "status" && response.code?.data.kind === "flags") return response.code.data.flags;
  if (response.kind !== "data") return NO_NAMES;
  const { data } = response;
  if (data.kind === "flags") return data.flags;
  if (data.kind === "list") return data.attributes;
  if (data.kind !== "fetch") return NO_NAMES;
  const item = data.items.find(({ value }) => value.kind === "flags");
  return item?.value.kind === "flags" ? item.value.flags : NO_NAMES;
}

function capabilitiesOf(response: Response): readonly string[] {
  const data =
    response.kind === "data" ? response.data : "code" in response ? response.code?.data : undefined;
  return data?.kind === "capabilities" ? data.capabilities : NO_NAMES;
}

/** What came, and how sure it is that it belongs to the command. */
function writeResponses(writer: Writer, exchange: Exchange, { responses }: Found): void {
  if (responses.length === 0) return;
  writer.line([span("what came", "faint")]);
  writer.each("words/came", responses.length, rangeLabel("responses"), (inner, place) => {
    const answers = responses[place];
    if (answers !== undefined) writeAnswers(inner, exchange, answers, place);
  });
}

function writeAnswers(writer: Writer, { commandName }: Exchange, answers: Answers, place: number): void {
  const { name, certainty, count } = answers;
  const subject: Subject = name === "continuation" ? { topic: "notion", name } : { topic: "response", name };
  const explanation = explain(subject);
  const title = writer.options.hidden && subject.topic === "response" ? hiddenWord(name) : explanation.title;
  writer.fold(
    `words/came.${place}`,
    [
      span(title, "heading"),
      span(` × ${groupDigits(count)}, ${certainty}`, certainty === "certain" ? "faint" : "accent"),
    ],
    (inner) => {
      writeExplanation(inner, explanation);
      const why = explain({ topic: "certainty", name: certainty });
      inner.text(
        [span(`${certainty}: `, "accent")],
        `${why.words}${reason(answers, commandName, inner.options.hidden)}`,
        "plain",
        {
          about: [{ topic: "certainty", name: certainty }],
        },
      );
      if (why.rfc !== undefined) inner.line([span(why.rfc, "accent")]);
    },
    { about: [subject, { topic: "certainty", name: certainty }], opened: certainty !== "certain" },
  );
}

/** What the tables and the moment add to it. */
function reason({ name, certainty, candidates }: Answers, commandName: string, hidden: boolean): string {
  if (certainty === "ambiguous")
    return ` Here ${groupDigits(candidates)} commands were running that may have asked.`;
  const entry = responseEntry(name);
  if (entry === undefined || entry.form === "status" || (hidden && commandEntry(commandName) === undefined))
    return "";
  const asks = entry.solicitedBy.includes(commandName);
  if (certainty === "likely")
    return asks ? ` ${commandName} asks for ${name}, and ${name} may come unasked as well.` : "";
  if (certainty !== "unsolicited") return "";
  return asks
    ? ` ${commandName} asks for ${name}, but not for what these give.`
    : ` ${commandName} does not ask for ${name}.`;
}
