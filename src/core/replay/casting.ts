/**
 * Which recorded connection answers which client. Nobody can tell when a client connects: so it gets the one that was played
 * least, and when it does what is not in there, and another holds all that it did and this too, it goes on in that one.
 */
import { ExchangeSet } from "./exchange-set.ts";
import type { Ignored } from "./ignore.ts";
import { REPEATABLE } from "./leeway.ts";
import type { Matcher } from "./match.ts";
import type { Mismatch } from "./mismatch.ts";
import { createNearest, type Nearest } from "./nearest.ts";
import { createRepertoire, type Found, Part, type Repertoire, type Sequence } from "./part.ts";
import type { Request } from "./request.ts";
import { fits, LOGINS, type Scene } from "./scene.ts";
import type { Script, Step } from "./script.ts";

/** What a client did so far, to be tried with another recorded connection. */
export interface Deed {
  readonly request: Request;
  /** Without one it was answered without the recording. */
  readonly step: Step | undefined;
  readonly scene: Scene;
}

/** A part for a client, and in it what answers. */
export interface Cast {
  readonly part: Part;
  readonly step: Step;
}

export interface Casting {
  /** What commands are not compared by. */
  readonly ignored: Ignored;
  /** The part for a client that has just connected; `undefined` where the capture has no connection. */
  readonly give: () => Part | undefined;
  /** Another part in which all of this has its place and something is found; it then is the client's. None where it did too much. */
  readonly change: (
    from: Part,
    deeds: readonly Deed[] | undefined,
    find: (part: Part) => Step | undefined,
  ) => Cast | undefined;
  /**
   * The recorded login that one stands for, with the part in which it is, then the client's: who logs in tells which connection it
   * plays. First one of that user and in that way that was not used, in its own part or in another; else what comes nearest in its own,
   * or what another has.
   */
  readonly login: (
    from: Part,
    deeds: readonly Deed[] | undefined,
    request: Request,
    user: string | undefined,
  ) => { readonly part: Part; readonly found: Found } | undefined;
  /** Whether anybody has logged in, or tried to, in any connection. */
  readonly hasLogins: () => boolean;
  /** An exchange of any other recorded connection that answers where the client stands. */
  readonly borrow: (from: Part, request: Request, scene: Scene) => Found | undefined;
  /** A recorded exchange has answered somebody. */
  readonly use: (step: Step) => void;
  /** Why a command has no answer. */
  readonly explain: (request: Request, scene: Scene, behind: Step | undefined) => Mismatch;
}

export function createCasting(script: Script, matcher: Matcher, sequence: Sequence): Casting {
  const repertoires = script.connections.map((each) => createRepertoire(each, matcher));
  const plays = new Map<Repertoire, number>(repertoires.map((each) => [each, 0]));
  const used = new ExchangeSet();
  /** Made when something is missed: most plays never ask. */
  let nearest: Nearest | undefined;

  function byPlays(): readonly Repertoire[] {
    return [...repertoires].sort((one, other) => (plays.get(one) ?? 0) - (plays.get(other) ?? 0));
  }

  function count(repertoire: Repertoire, by: number): void {
    plays.set(repertoire, (plays.get(repertoire) ?? 0) + by);
  }

  /** What nobody has asked yet, and of this what was recorded at nearly the time at which the client stands. */
  function likeliest<T extends { readonly step: Step }>(from: Part, found: readonly T[]): T | undefined {
    const here = (from.last ?? from.repertoire.script.steps[0])?.atMicros ?? 0;
    const open = found.filter(({ step }) => !used.has(step.id));
    let likely: T | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const each of open.length > 0 ? open : found) {
      const distance = Math.abs(each.step.atMicros - here);
      if (distance < least) likely = each;
      least = Math.min(least, distance);
    }
    return likely;
  }

  function change(
    from: Part,
    deeds: readonly Deed[] | undefined,
    find: (part: Part) => Step | undefined,
  ): Cast | undefined {
    if (deeds === undefined) return undefined;
    const found = byPlays().flatMap((repertoire) => {
      if (repertoire === from.repertoire) return [];
      const part = new Part(repertoire, sequence);
      // By state, what is done anew only uses up: what is not found before is not found behind it.
      if (sequence === "state" && find(part) === undefined) return [];
      const step = deeds.every((deed) => redo(part, deed)) ? find(part) : undefined;
      return step === undefined ? [] : [{ part, step }];
    });
    const likely = likeliest(from, found);
    if (likely === undefined) return undefined;
    count(from.repertoire, -1);
    count(likely.part.repertoire, 1);
    return likely;
  }

  /** What each other connection has, whatever else the client did. */
  function loginsElsewhere(from: Part, find: (part: Part) => Step | undefined): { readonly step: Step }[] {
    return repertoires.flatMap((each) => {
      const step = each === from.repertoire ? undefined : find(new Part(each, sequence));
      return step === undefined ? [] : [{ step }];
    });
  }

  return {
    ignored: matcher.ignored,
    give: () => {
      const [least] = byPlays();
      if (least === undefined) return undefined;
      count(least, 1);
      return new Part(least, sequence);
    },
    change,
    login: (from, deeds, request, user) => {
      const unused = (part: Part): Step | undefined => part.findSameLogin(request, user);
      const own = unused(from);
      const same = own === undefined ? change(from, deeds, unused) : { part: from, step: own };
      if (same !== undefined) return { part: same.part, found: { step: same.step, repeated: false } };
      const found = from.findLogin(request, user);
      if (found !== undefined) return { part: from, found };
      const theirs = likeliest(from, loginsElsewhere(from, unused));
      if (theirs !== undefined)
        return { part: from, found: { ...theirs, repeated: from.hasUsed(theirs.step) } };
      const other = change(from, deeds, (part) => part.findLogin(request, user)?.step);
      return other && { part: other.part, found: { step: other.step, repeated: false } };
    },
    hasLogins: () => repertoires.some(({ logins }) => logins.length > 0),
    borrow: (from, request, scene) => {
      const found = repertoires
        .filter((each) => each !== from.repertoire)
        .flatMap((each) => each.matching(request, scene).filter((step) => fits(step, scene)))
        .map((step) => ({ step }));
      const left = found.filter(({ step }) => !from.hasUsed(step));
      if (left.length === 0 && !REPEATABLE.has(request.command.name)) return undefined;
      const likely = likeliest(from, left.length > 0 ? left : found);
      return likely && { step: likely.step, repeated: left.length === 0 };
    },
    use: (step) => void used.add(step.id),
    explain: (request, scene, behind) => {
      nearest ??= createNearest(
        script.connections.flatMap(({ steps }) => steps),
        matcher,
      );
      return nearest.explain(request, { isUsed: (step) => used.has(step.id), ...scene, behind });
    },
  };
}

/** Does in a part what was done in another; false where it has no place there, or another outcome. */
function redo(part: Part, { request, step: before, scene }: Deed): boolean {
  if (before === undefined) return true;
  const step = LOGINS.has(request.command.name)
    ? part.findLogin(request)?.step
    : (part.find(request, scene) ?? part.findAgain(request, scene));
  if (step === undefined || step.status !== before.status) return false;
  part.use(step);
  return true;
}
