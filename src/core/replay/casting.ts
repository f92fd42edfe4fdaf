/**
 * Which recorded connection answers which client. Nobody can tell when a client connects: so it gets the one that was played
 * least, and when it does what is not in there, and another holds all that it did and this too, it goes on in that one.
 */
import type { Ignored } from "./ignore.ts";
import type { Matcher } from "./match.ts";
import type { Mismatch } from "./mismatch.ts";
import { createNearest, type Nearest } from "./nearest.ts";
import { createRepertoire, type Found, Part, REPEATABLE, type Repertoire, type Sequence } from "./part.ts";
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

export interface Casting {
  /** What commands are not compared by. */
  readonly ignored: Ignored;
  /** The part for a client that has just connected; `undefined` where the capture has no connection. */
  readonly give: () => Part | undefined;
  /** Another part in which all of this and the request have their place; it then is the client's. */
  readonly change: (from: Part, deeds: readonly Deed[], request: Request, scene: Scene) => Part | undefined;
  /** An exchange of any other recorded connection that answers where the client stands. */
  readonly borrow: (from: Part, request: Request, scene: Scene) => Found | undefined;
  /** A recorded exchange has answered somebody. */
  readonly use: (step: Step) => void;
  /** Why a command has no answer. */
  readonly explain: (request: Request, scene: Scene, behind: Step | undefined) => Mismatch;
}

/** A client that did more is too far on to begin anew. */
export const DEEDS = 100;

export function createCasting(script: Script, matcher: Matcher, sequence: Sequence): Casting {
  const repertoires = script.connections.map((each) => createRepertoire(each, matcher));
  const plays = new Map<Repertoire, number>(repertoires.map((each) => [each, 0]));
  const used = new Set<Step>();
  /** Made when something is missed: most plays never ask. */
  let nearest: Nearest | undefined;

  function byPlays(): readonly Repertoire[] {
    return [...repertoires].sort((one, other) => (plays.get(one) ?? 0) - (plays.get(other) ?? 0));
  }

  function count(repertoire: Repertoire, by: number): void {
    plays.set(repertoire, (plays.get(repertoire) ?? 0) + by);
  }

  function changed(from: Part, part: Part): Part {
    count(from.repertoire, -1);
    count(part.repertoire, 1);
    return part;
  }

  return {
    ignored: matcher.ignored,
    give: () => {
      const [least] = byPlays();
      if (least === undefined) return undefined;
      count(least, 1);
      return new Part(least, sequence);
    },
    change: (from, deeds, request, scene) => {
      if (deeds.length > DEEDS) return undefined;
      let second: Part | undefined;
      for (const repertoire of byPlays()) {
        if (repertoire === from.repertoire) continue;
        const part = new Part(repertoire, sequence);
        const step = deeds.every((deed) => redo(part, deed)) ? part.find(request, scene) : undefined;
        if (step === undefined) continue;
        // One that answers what nobody has asked yet is the more likely one.
        if (!used.has(step)) return changed(from, part);
        second ??= part;
      }
      return second && changed(from, second);
    },
    borrow: (from, request, scene) => {
      const steps = repertoires
        .filter((each) => each !== from.repertoire)
        .flatMap((each) => each.matching(request).filter((step) => fits(step, scene)));
      const left = steps.filter((step) => !from.hasUsed(step));
      const step = left.find((each) => !used.has(each)) ?? left[0];
      if (step !== undefined) return { step, repeated: false };
      const again = REPEATABLE.has(request.command.name) ? steps.at(-1) : undefined;
      return again && { step: again, repeated: true };
    },
    use: (step) => void used.add(step),
    explain: (request, { mailbox }, behind) => {
      nearest ??= createNearest(
        script.connections.flatMap(({ steps }) => steps),
        matcher,
      );
      return nearest.explain(request, { isUsed: (step) => used.has(step), mailbox, behind });
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
