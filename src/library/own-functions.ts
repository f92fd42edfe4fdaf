/**
 * What a user's own functions do in a replay must not end a connection when they throw: the play goes on, fails, and closing it
 * throws their first error.
 */
import type { Matches, Matching } from "../core/replay/match.ts";
import type { Played } from "../core/replay/played.ts";
import { safe } from "../core/text/safe.ts";

export interface OwnFunctions {
  /** A function that throws does not match. */
  readonly match: Matching;
  readonly onPlayed: (played: Played) => void;
  /** Throws what was thrown first, if anything was. */
  readonly rethrow: () => void;
}

export function createOwnFunctions(
  options: {
    readonly match?: Matching | undefined;
    readonly onPlayed?: ((played: Played) => void) | undefined;
  },
  onFailed: (what: string) => void,
): OwnFunctions {
  const { match = "canonical", onPlayed } = options;
  let failure: { readonly error: unknown } | undefined;

  function fail(name: string, error: unknown): void {
    if (failure !== undefined) return;
    failure = { error };
    onFailed(
      safe(
        `Your function ${name} has thrown: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
      ),
    );
  }

  return {
    match: typeof match === "function" ? guarded(match) : match,
    onPlayed: (played) => {
      try {
        onPlayed?.(played);
      } catch (error) {
        fail("onPlayed", error);
      }
    },
    rethrow: () => {
      if (failure !== undefined) throw failure.error;
    },
  };

  function guarded(matches: Matches): Matches {
    return (asked, recorded) => {
      try {
        return matches(asked, recorded);
      } catch (error) {
        fail("match", error);
        return false;
      }
    };
  }
}
