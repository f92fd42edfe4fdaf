/**
 * Finds what a server, or somebody in between, puts in clear text between the answer to STARTTLS and TLS (RFC 9051 §6.2.1),
 * whether a client asked for STARTTLS or imapscope itself did so before the client was let in.
 */
import type { Leg, Sender } from "../base/leg.ts";
import { latin1 } from "../base/octets.ts";
import type { Switching } from "../dialogue/phase.ts";
import { defect } from "../imap/defect.ts";
import type { DataEvent, OmittedEvent, WireEvent } from "../wire/event.ts";

/** imapscope's own talk with a server. */
interface OwnTalk {
  /** Of the commands so far, in upper case. */
  readonly commands: string[];
  /** Of its STARTTLS, once that was asked. */
  tag: string | undefined;
  /** The beginning of the line that is not complete yet. */
  readonly line: Record<Sender, string>;
  /** STARTTLS was accepted. */
  accepted: boolean;
}

export const INJECTION = defect("starttls-injection", "octets of the server came before TLS began");
/** By the client, where it was dropped. */
export const PIPELINED = defect("pipelined-after-starttls", "clear text, which was not relayed");

/** Enough of a line to know imapscope's own command, or the answer to it. */
const LINE_CHARACTERS = 256;

export class StartTlsWatch {
  /** A client's STARTTLS was accepted, and the client, which speaks first in TLS, has said nothing since. */
  private accepted = false;
  /** The legs that change to TLS, and have not got it yet. */
  private readonly shaking: Record<Leg, boolean> = { client: false, server: false };
  private own: OwnTalk | undefined = undefined;

  /** Whether TLS is to begin and has not begun, or imapscope talks itself. */
  isUnderWay(): boolean {
    return this.accepted || this.shaking.client || this.shaking.server || this.own !== undefined;
  }

  /** The transport changes in the dialogue of client and server. */
  switches(toTls: boolean): void {
    this.accepted = toTls;
  }

  /** TLS begins on a leg. */
  begins(leg: Leg): void {
    this.accepted = false;
    this.shaking[leg] = true;
  }

  /** A leg has TLS. */
  secured(leg: Leg): void {
    this.shaking[leg] = false;
  }

  /** Octets that are no TLS came; returns whether that is an injection by the server. */
  came(from: Sender): boolean {
    const isInjection = this.accepted && from === "server";
    this.accepted = false;
    this.shaking.client = this.shaking.server = false;
    return isInjection;
  }

  /** The same for octets that were not relayed, those of imapscope's own talk among them. */
  cameUnrelayed(event: DataEvent | OmittedEvent): boolean {
    const { from } = event;
    const isInjection =
      (from === "server" && (this.accepted || this.shaking.server)) || this.isBehindOwn(event);
    this.accepted = false;
    if (isInjection) this.shaking.server = false;
    return isInjection;
  }

  /** Whether octets that were not relayed are the client's, and came where its TLS should begin. */
  isPipelined({ from }: DataEvent | OmittedEvent, switching: Switching | undefined): boolean {
    return from === "client" && (this.shaking.client || switching === "startTls");
  }

  /** What imapscope asked itself, told once: when something else comes next, or nothing. */
  ownCommandsBefore(next: WireEvent | undefined): readonly string[] | undefined {
    if (this.own === undefined || isUnrelayed(next)) return undefined;
    const { commands } = this.own;
    this.own = undefined;
    return commands;
  }

  private isBehindOwn(event: DataEvent | OmittedEvent): boolean {
    const { own } = this;
    if (event.kind === "data" && event.byImapscope === true && event.from === "client") {
      this.own ??= { commands: [], tag: undefined, line: { client: "", server: "" }, accepted: false };
      readLines(this.own, event, (line) => this.said(line));
      return false;
    }
    if (own?.tag === undefined || event.from === "client") return false;
    if (own.accepted) {
      own.tag = undefined;
      return true;
    }
    if (event.kind === "omitted") return false;
    const answer = `${own.tag} OK`;
    let octetsBehind = 0;
    readLines(own, event, (line, restOctets) => {
      if (own.accepted || !line.startsWith(answer)) return;
      own.accepted = true;
      octetsBehind = restOctets;
    });
    if (octetsBehind > 0) own.tag = undefined;
    return octetsBehind > 0;
  }

  private said(line: string): void {
    const [tag, name] = line.trim().split(" ");
    if (name === undefined) return;
    this.own?.commands.push(name);
    if (name === "STARTTLS" && this.own !== undefined) this.own.tag = tag;
  }
}

/** Gives each line that ends in these octets, its beginning in upper case, with the number of octets behind it. */
function readLines(
  { line }: OwnTalk,
  { from, bytes }: DataEvent,
  onLine: (line: string, restOctets: number) => void,
): void {
  const lines = latin1(bytes).split("\n");
  const last = lines.pop() ?? "";
  let restOctets = bytes.length;
  for (const each of lines) {
    restOctets -= each.length + 1;
    onLine((line[from] + each).slice(0, LINE_CHARACTERS).toUpperCase(), restOctets);
    line[from] = "";
  }
  line[from] = (line[from] + last).slice(0, LINE_CHARACTERS);
}

function isUnrelayed(event: WireEvent | undefined): boolean {
  return (event?.kind === "data" || event?.kind === "omitted") && event.relayed === false;
}
