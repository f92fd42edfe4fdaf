/**
 * The recorded exchange that comes nearest to a command that has no answer, and why it does not answer it. The same command counts
 * most, then the mailbox, then each other field; among equals the one that is not used yet, then the one nearest to the place.
 */
import { LIMITS } from "../base/limits.ts";
import { differences } from "./differences.ts";
import type { Field } from "./field.ts";
import { isOptional } from "./leeway.ts";
import { covers, type Matcher } from "./match.ts";
import type { Because, Mismatch } from "./mismatch.ts";
import type { Request } from "./request.ts";
import { dependsOnMailbox, isLoggedIn } from "./scene.ts";
import type { Step } from "./script.ts";
import { settledFields } from "./settle.ts";

/** Where in the play a command found no answer. */
export interface Place {
  readonly isUsed: (step: Step) => boolean;
  readonly authenticated: boolean;
  /** The selected mailbox, as people read it. */
  readonly mailbox: string | undefined;
  /** The exchange that was played last on that connection. */
  readonly behind: Step | undefined;
}

export interface Nearest {
  readonly explain: (asked: Request, place: Place) => Mismatch;
}

const MAILBOX_FIELDS: ReadonlySet<string> = new Set(["mailbox", "target"]);
/** Commands one of which is easily sent in place of another. */
const KIN: readonly (readonly string[])[] = [
  ["SELECT", "EXAMINE"],
  ["COPY", "MOVE"],
  ["LIST", "LSUB", "XLIST"],
  ["SEARCH", "SORT", "THREAD"],
  ["CLOSE", "UNSELECT", "EXPUNGE"],
];
const WEIGHTS = { mailbox: 8, selected: 6, field: 4, unused: 1 } as const;

/** Steps in the order of the script. */
export function createNearest(steps: readonly Step[], matcher: Matcher): Nearest {
  const places = placesById(steps);
  const byCommand = new Map<string, Step[]>();
  for (const step of steps) {
    const group = byCommand.get(step.command);
    if (group === undefined) byCommand.set(step.command, [step]);
    else group.push(step);
  }

  /** Of the same command, else of its form with or without UID, else of its kin; of very many those around the place. */
  function candidates(name: string, from: number): readonly Step[] {
    const known = [name, ...otherNames(name)].find((each) => byCommand.has(each));
    const group = byCommand.get(known ?? "") ?? [];
    if (group.length <= LIMITS.nearestLookedAt) return group;
    let at = 0;
    for (let end = group.length; at < end; ) {
      const middle = (at + end) >>> 1;
      const step = group[middle];
      if (step === undefined || (places[step.id] ?? 0) > from) end = middle;
      else at = middle + 1;
    }
    at = Math.max(0, at - LIMITS.nearestLookedAt / 2);
    const start = Math.min(at, group.length - LIMITS.nearestLookedAt);
    return group.slice(start, start + LIMITS.nearestLookedAt);
  }

  /** The exchange that was to come next on that connection. */
  function dueBehind({ behind, isUsed }: Place): Step | undefined {
    const from = behind === undefined ? 0 : (places[behind.id] ?? 0) + 1;
    return steps
      .slice(from, from + LIMITS.nearestLookedAt)
      .find((step) => !isUsed(step) && !isOptional(step) && step.connection === (behind ?? step).connection);
  }

  function explain(asked: Request, place: Place): Mismatch {
    const { behind, isUsed, mailbox } = place;
    const from = behind === undefined ? -1 : (places[behind.id] ?? -1);
    const fields = settledFields(asked, matcher.ignored);
    let nearest: Step | undefined;
    let best = Number.NEGATIVE_INFINITY;
    for (const step of candidates(asked.command.name, from)) {
      const distance = Math.abs((places[step.id] ?? 0) - from - 1) / (steps.length + 1);
      const points =
        likeness(fields, step, matcher, mailbox) + (isUsed(step) ? 0 : WEIGHTS.unused) - distance;
      if (points <= best) continue;
      best = points;
      nearest = step;
    }
    if (nearest === undefined)
      return { nearest, differences: [], because: "unknownCommand", mailbox, due: dueBehind(place), behind };
    const exact = matcher.matching === "exact";
    const because = reason(asked, nearest, matcher, place);
    const found = because === "differs" ? differences(asked, nearest.request, matcher.ignored, exact) : [];
    return { nearest, differences: found, because, mailbox, due: undefined, behind };
  }

  return { explain };
}

/** The place of each step in the script, by its number: in four octets each. */
function placesById(steps: readonly Step[]): Uint32Array {
  const last = steps.reduce((most, { id }) => Math.max(most, id), 0);
  const places = new Uint32Array(last + 1);
  for (const [place, { id }] of steps.entries()) places[id] = place;
  return places;
}

function reason(asked: Request, nearest: Step, matcher: Matcher, place: Place): Because {
  if (!matcher.matches(asked, nearest.request)) return "differs";
  if (nearest.state !== "unknown" && isLoggedIn(nearest) !== place.authenticated) return "login";
  const isElsewhere = dependsOnMailbox(nearest.command) && nearest.mailbox !== place.mailbox;
  if (isElsewhere) return "mailbox";
  return place.isUsed(nearest) ? "used" : "order";
}

/** What a command may have been sent in place of: the nearest first. */
function otherNames(name: string): readonly string[] {
  const plain = name.startsWith("UID ") ? name.slice(4) : name;
  const kin = KIN.find((each) => each.includes(plain)) ?? [];
  const others = kin.filter((each) => each !== plain);
  const forms = name === plain ? ["", "UID "] : ["UID ", ""];
  return [
    name === plain ? `UID ${plain}` : plain,
    ...forms.flatMap((form) => others.map((each) => form + each)),
  ];
}

function likeness(
  asked: readonly Field[],
  step: Step,
  matcher: Matcher,
  mailbox: string | undefined,
): number {
  const recorded = new Map(settledFields(step.request, matcher.ignored).map((field) => [field.name, field]));
  const isThere = dependsOnMailbox(step.command) && step.mailbox === mailbox;
  let points = isThere ? WEIGHTS.selected : 0;
  for (const field of asked) {
    const other = recorded.get(field.name);
    if (other === undefined) points -= 1;
    else
      points += (MAILBOX_FIELDS.has(field.name) ? WEIGHTS.mailbox : WEIGHTS.field) * similarity(field, other);
    recorded.delete(field.name);
  }
  return points - recorded.size;
}

/** From 0 to 1. */
function similarity(field: Field, other: Field): number {
  if (covers(field.value, other.value)) return 1;
  const { members } = field;
  if (members === undefined || other.members === undefined) return 0;
  if (members.length + other.members.length > LIMITS.nearestLookedAt) return 0;
  const known = new Set(other.members);
  const shared = members.filter((member) => known.has(member)).length;
  return shared / (members.length + other.members.length - shared + 1);
}
