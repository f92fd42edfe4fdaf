/** What the masker remembers of a connection: its secrets, in the forms in which they may come back, and masked tags. */
import { LIMITS } from "../base/limits.ts";
import { fromLatin1, latin1 } from "../base/octets.ts";
import type { CommandOrdinal } from "../dialogue/event.ts";
import type { Phase } from "../dialogue/phase.ts";
import { isTag } from "../dialogue/skim.ts";
import { KnownSecrets } from "./known-secrets.ts";
import type { Replacement, SecretForm } from "./plan.ts";
import { urlTokenSpans } from "./url-tokens.ts";

export interface SecretMemory {
  readonly secrets: KnownSecrets;
  /** A secret of a client's line; `whole` where it is all of the line, its tag included. */
  readonly line: (secret: string, form: SecretForm | undefined, whole: boolean) => void;
  /** The octets of a secret literal, which may be a URL. */
  readonly literal: (value: string) => void;
  /** What was masked of the URLs in a line: tokens, which may be quoted without their URL. */
  readonly tokens: (line: Uint8Array, replacements: readonly Replacement[]) => void;
  /** Whether a line with this tag was masked whole; its answer gets the mask for a tag too. */
  readonly isMaskedTag: (tag: string) => boolean;
}

export function createSecretMemory(phase: Phase): SecretMemory {
  return new PhaseSecrets(phase);
}

class PhaseSecrets implements SecretMemory {
  readonly secrets = new KnownSecrets();
  private readonly phase: Phase;
  /** Made with the first. */
  private maskedTags: Set<string> | undefined = undefined;
  private userSeenFor: CommandOrdinal | undefined = undefined;

  constructor(phase: Phase) {
    this.phase = phase;
  }

  line(secret: string, form: SecretForm | undefined, whole: boolean): void {
    const { secrets } = this;
    const [tag = ""] = whole ? secret.split(" ", 1) : [];
    if (isTag(fromLatin1(tag))) this.rememberTag(tag);
    if (form === "sasl") this.rememberSasl(secret);
    else if (form === "saslUser") secrets.addEncoded(secret);
    else if (form === "arguments") secrets.addArguments(secret);
    else secrets.addArgument(secret);
  }

  private rememberTag(tag: string): void {
    this.maskedTags ??= new Set();
    const { maskedTags } = this;
    maskedTags.delete(tag);
    maskedTags.add(tag);
    if (maskedTags.size <= LIMITS.openExchanges) return;
    for (const oldest of maskedTags) {
      maskedTags.delete(oldest);
      return;
    }
  }

  /** The first message of the LOGIN mechanism is the user's name, which is no secret in other places. */
  private rememberSasl(message: string): void {
    const { sasl } = this.phase;
    const isUser = sasl?.mechanism === "LOGIN" && !sasl.begun && sasl.ordinal !== this.userSeenFor;
    if (isUser) this.userSeenFor = sasl.ordinal;
    if (isUser) this.secrets.addEncoded(message);
    else this.secrets.addSasl(message);
  }

  literal(value: string): void {
    this.secrets.addValue(value);
    for (const [start, end] of urlTokenSpans(value)) this.secrets.addValue(value.slice(start, end));
  }

  tokens(line: Uint8Array, replacements: readonly Replacement[]): void {
    for (const { start, end, by } of replacements)
      if (by === "mask") this.secrets.addValue(latin1(line, start, end));
  }

  isMaskedTag(tag: string): boolean {
    return this.maskedTags?.has(tag) === true;
  }
}
