/** How a line is masked: what the grammar of a command or response says about where its secrets are. */

/** Octets of a line that become others. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  /** The mask for a secret; a number for the size in a literal's header. */
  readonly by: "mask" | "literalSize";
}

/** What happens to the literal that a line announces, and to the line that follows it. */
export interface Follow {
  readonly literal: "pass" | "secret";
  readonly line: FollowingLine;
}

/**
 * `passes`; `secret` to its end; `secretArgument`: secret behind its space; `urls`: may hold URLs, and a literal behind `URL` is
 * one; `urlFetch`: every literal is a URL; `fetchedUrl`, `fetchedData`: of the pairs of a URLFETCH response, what comes next.
 */
export type FollowingLine =
  | "passes"
  | "secret"
  | "secretArgument"
  | "urls"
  | "urlFetch"
  | "fetchedUrl"
  | "fetchedData";

/**
 * What a secret is, so that its echo can be found in the right forms: an argument; arguments of which only some are secrets;
 * a line of an authentication exchange; one that holds the user's name.
 */
export type SecretForm = "argument" | "arguments" | "sasl" | "saslUser";

export type Plan =
  /** More octets are needed to tell. */
  | { readonly kind: "undecided" }
  | { readonly kind: "pass"; readonly follow: Follow }
  /** For whole lines: some of it is masked. */
  | { readonly kind: "replace"; readonly replacements: readonly Replacement[]; readonly follow: Follow }
  /** Everything from an offset to the end of the line is one secret, unless it is one of the words in `open`. */
  | {
      readonly kind: "secretFrom";
      readonly offset: number;
      readonly open: readonly string[];
      readonly form: SecretForm | undefined;
      readonly follow: Follow;
    };

export const PASSES: Follow = { literal: "pass", line: "passes" };
export const ALL_SECRET: Follow = { literal: "secret", line: "secret" };

export const UNDECIDED: Plan = { kind: "undecided" };
export const PASS: Plan = { kind: "pass", follow: PASSES };
