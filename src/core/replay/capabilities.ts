/**
 * Lists of capabilities as they may stand in a replay: what cannot be played here is taken out, and what can be is put in,
 * so that the client asks for nothing that it will not get (RFC 9051 §7.2.2).
 */
import { upperCase } from "../imap/ascii-case.ts";
import { isPlayable } from "./mechanism.ts";

/** What of the replay's own decides on capabilities. */
export interface Stage {
  /** Whether the client's octets travel under TLS now, and whether they can. */
  readonly tls: boolean;
  readonly canStartTls: boolean;
  readonly compressed: boolean;
  readonly authenticated: boolean;
  readonly password: string | undefined;
}

export interface Altered {
  readonly text: string;
  /** In words: `AUTH=GSSAPI left out`; empty where nothing was. */
  readonly changes: readonly string[];
}

/** The list within a greeting, a status response, or a CAPABILITY response. */
const LISTS = /(\[CAPABILITY |^\* CAPABILITY )([^\]\r\n]*)/i;

/** Alters the list in a line of the server; the rest of the line stays as it was. */
export function alterCapabilities(line: string, stage: Stage): Altered {
  const changes: string[] = [];
  const text = line.replace(LISTS, (_all, before: string, list: string) => {
    const words = list.split(" ").filter((word) => word !== "");
    const kept = words.filter((word) => isTrue(upperCase(word), stage));
    changes.push(...words.filter((word) => !kept.includes(word)).map((word) => `${word} left out`));
    if (stage.canStartTls && !stage.tls && !stage.authenticated && !hasWord(kept, "STARTTLS")) {
      kept.push("STARTTLS");
      changes.push("STARTTLS put in");
    }
    return before + kept.join(" ");
  });
  return { text, changes };
}

/** The capabilities that a line lists, as it writes them; `undefined` where it lists none. */
export function capabilitiesIn(line: string): readonly string[] | undefined {
  return LISTS.exec(line)?.[2]
    ?.split(" ")
    .filter((word) => word !== "");
}

function hasWord(words: readonly string[], name: string): boolean {
  return words.some((word) => upperCase(word) === name);
}

function isTrue(capability: string, stage: Stage): boolean {
  if (capability.startsWith("AUTH=")) return isPlayable(capability.slice("AUTH=".length), stage.password);
  if (capability === "STARTTLS") return stage.canStartTls && !stage.tls;
  // The recorded server would not take a password in the clear; a replay takes any, and needs none.
  if (capability === "LOGINDISABLED") return false;
  if (capability === "COMPRESS=DEFLATE") return !stage.compressed;
  return true;
}
