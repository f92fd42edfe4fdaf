/** What may be typed next in a filter: fields, values, operators, units, kinds and the words between terms. */
import { placeOf, type TermPlace, type ValuePlace } from "./caret.ts";
import { FIELD_GUIDE, FIELD_NAMES, type FieldName, fieldOf } from "./field-guide.ts";
import {
  ALIASES,
  NUMBER_FIELDS,
  type NumberFieldName,
  TEXT_FIELDS,
  type TextFieldName,
} from "./field-table.ts";
import { FIELD_VALUES, KIND_VALUES, type Seen } from "./field-values.ts";
import { COUNT_UNITS, KIND_WORDS, TIME_UNITS } from "./term.ts";
import { writeValue } from "./write-value.ts";

export interface Completion {
  /** Stands for the text from `from` up to `to`, in code units from 0. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
  /** What it is, without quotes. May come from a peer: whoever shows it makes it safe. */
  readonly label: string;
  /** What it means, in a few words or a sentence. */
  readonly words: string;
}

/** Completions given at most; a mail server may have thousands of mailboxes. */
export const COMPLETIONS_MOST = 200;
/** Of the values that a bare word may mean (`fetch`: `cmd:FETCH`), those of one field. */
const MEANT_MOST = 5;
/** Characters of a bare word from which on it is looked for in values, and within names. */
const WORD_LEAST = 2;

/** A completion that still has no span. */
type Offer = Pick<Completion, "insert" | "label" | "words">;

const COMPARISONS: readonly Offer[] = [
  { insert: ">", label: ">", words: "more than" },
  { insert: "<", label: "<", words: "less than" },
  { insert: ">=", label: ">=", words: "at least" },
  { insert: "<=", label: "<=", words: "at most" },
  { insert: "=", label: "=", words: "exactly" },
];
const UNIT_WORDS: Readonly<Record<string, string>> = {
  ms: "milliseconds",
  s: "seconds",
  k: "thousands",
  M: "millions",
};
const EXAMPLES = {
  time: ["100ms", "500ms", "1s", "5s"],
  count: ["100", "10k", "1M"],
};

/** What may stand at the caret (code units from 0), prefix matches first and the most useful before the others. */
export function complete(source: string, caret: number, seen: Seen): readonly Completion[] {
  const place = placeOf(source, caret);
  if (place === undefined) return [];
  const offers = place.kind === "term" ? termOffers(place, seen) : valueOffers(place, seen);
  const { from, to } = place;
  const there = source.slice(from, to).toLowerCase();
  return offers
    .filter(({ insert }) => insert.trimEnd().toLowerCase() !== there)
    .slice(0, COMPLETIONS_MOST)
    .map((offer) => ({ ...offer, from, to }));
}

function termOffers(place: TermPlace, seen: Seen): readonly Offer[] {
  const { written, operator } = place;
  const exact = fieldOf(written);
  const comparisons =
    exact !== undefined && isNumberField(exact) && operator === undefined
      ? COMPARISONS.map(({ insert, words }) => ({ insert: written + insert, label: written + insert, words }))
      : [];
  const fields = [...FIELD_NAMES.map((name) => fieldOffer(name, name, operator)), ...aliases(place)];
  // Within the name of a field only another name makes sense.
  if (operator !== undefined) return [...comparisons, ...ranked(fields, written)];
  return [...comparisons, ...ranked([...fields, ...wordOffers(place)], written), ...meant(written, seen)];
}

function fieldOffer(name: string, field: FieldName, operator: string | undefined): Offer {
  const hint = FIELD_GUIDE[field];
  const kept = operator !== undefined && isNumberField(field) ? operator : hint.operator;
  const words = name === field ? hint.words : `${hint.words}: the same as ${field}`;
  return { insert: name + kept, label: name + kept, words };
}

/** Other names are known to those who type them. */
function aliases({ written, operator }: TermPlace): readonly Offer[] {
  if (written === "") return [];
  return [...ALIASES].map(([name, field]) => fieldOffer(name, field, operator));
}

function wordOffers({ afterTerm, open }: TermPlace): readonly Offer[] {
  const words = [
    { insert: "defect", label: "defect", words: "defects, and the exchanges that have one" },
    ...KIND_VALUES.filter(({ text }) => KIND_WORDS.has(text)).map(({ text, words }) => ({
      insert: text,
      label: text,
      words,
    })),
    { insert: "not ", label: "not", words: "what the next term does not match" },
    { insert: "(", label: "(", words: "a group of terms" },
  ];
  const or = { insert: "or ", label: "or", words: "or what comes next" };
  const close = { insert: ")", label: ")", words: "the end of the group" };
  if (!afterTerm) return words;
  return open > 0 ? [close, or, ...words] : [or, ...words];
}

/** Terms that a bare word might be the beginning of. */
function meant(written: string, seen: Seen): readonly Offer[] {
  if (written.length < WORD_LEAST) return [];
  const lower = written.toLowerCase();
  return FIELD_NAMES.filter(isTextField).flatMap((field) => {
    const values = FIELD_VALUES[field](seen).filter(({ text }) => text.toLowerCase().startsWith(lower));
    return values.slice(0, MEANT_MOST).map(({ text, words }) => ({
      insert: `${field}:${writeValue(text)}`,
      label: `${field}:${text}`,
      words,
    }));
  });
}

function valueOffers({ field: written, written: value, quoted }: ValuePlace, seen: Seen): readonly Offer[] {
  const field = fieldOf(written);
  if (field === undefined) return [];
  if (isNumberField(field)) return quoted ? [] : numberOffers(field, value, seen);
  const values = FIELD_VALUES[field](seen).map(({ text, words }) => ({
    insert: writeValue(text, quoted),
    label: text,
    words,
  }));
  return ranked(values, value);
}

function numberOffers(field: NumberFieldName, value: string, seen: Seen): readonly Offer[] {
  const { unit } = NUMBER_FIELDS[field];
  if (field === "conn" || field === "id") {
    const numbers = field === "conn" ? seen.connections.map(String) : [];
    const offers = numbers.map((text) => ({ insert: text, label: text, words: "connection" }));
    return ranked(offers, value).filter(({ insert }) => insert.startsWith(value));
  }
  const units = (unit === "time" ? TIME_UNITS : COUNT_UNITS).keys();
  const [, digits, suffix] = /^(\d+(?:\.\d*)?|\.\d+)([A-Za-z]*)$/.exec(value) ?? [];
  const texts =
    digits === undefined ? EXAMPLES[unit] : [...units].filter(isOffered).map((name) => digits + name);
  const begun = digits === undefined ? value : digits + (suffix ?? "");
  return texts
    .filter((text) => text.startsWith(begun))
    .map((text) => ({ insert: text, label: text, words: UNIT_WORDS[text.replace(/[\d.]/g, "")] ?? "" }));
}

/** `K` is there for those who write it. */
function isOffered(unit: string): boolean {
  return Object.hasOwn(UNIT_WORDS, unit);
}

/** Those that begin so, then those in which a later word does, then those that have it anywhere; each in order. */
function ranked(offers: readonly Offer[], written: string): readonly Offer[] {
  if (written === "") return offers;
  const lower = written.toLowerCase();
  const ranks: [Offer[], Offer[], Offer[]] = [[], [], []];
  for (const offer of offers) {
    const label = offer.label.toLowerCase();
    const at = label.indexOf(lower);
    if (at === 0) ranks[0].push(offer);
    else if (at > 0 && written.length >= WORD_LEAST) {
      ranks[/[\s/.\-:_]/.test(label[at - 1] ?? "") ? 1 : 2].push(offer);
    }
  }
  return ranks.flat();
}

function isTextField(field: FieldName): field is TextFieldName {
  return Object.hasOwn(TEXT_FIELDS, field);
}

function isNumberField(field: FieldName): field is NumberFieldName {
  return Object.hasOwn(NUMBER_FIELDS, field);
}
