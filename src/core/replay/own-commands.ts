/** Commands after which the client's lines are no commands, or the transport is another: a table by name. */
import { upperCase } from "../imap/ascii-case.ts";
import type { Frame } from "../imap/frame.ts";
import { parseCommand } from "../imap/parse-command.ts";
import type { Token } from "../imap/token.ts";
import { isPlayable, MECHANISMS, type Sasl, type SaslTurn, saslOctets } from "./mechanism.ts";
import { type Found, wayOf } from "./part.ts";
import type { Play } from "./play.ts";
import type { Request } from "./request.ts";

/** What a line of the client is. */
export type Mode =
  | { readonly kind: "command" }
  | { readonly kind: "sasl"; readonly request: Request; readonly sasl: Sasl }
  | {
      readonly kind: "idle";
      readonly request: Request;
      readonly found: Found | undefined;
      readonly how: string;
    };

export const COMMAND: Mode = { kind: "command" };

/** A command as it came. */
export interface Said {
  /** With its secrets. */
  readonly frame: Frame;
  /** Takes the octets behind the command: they are no commands. */
  readonly rest: () => Uint8Array;
}

type OwnCommand = (play: Play, request: Request, said: Said) => Mode;

export const OWN_COMMANDS: Readonly<Record<string, OwnCommand>> = {
  STARTTLS: startTls,
  COMPRESS: compress,
  LOGIN: login,
  AUTHENTICATE: authenticate,
  IDLE: idle,
  LOGOUT: logout,
};

function startTls(play: Play, request: Request, { rest }: Said): Mode {
  if (play.tls || !play.options.canStartTls) {
    play.refuse(request, "BAD", play.tls ? "TLS runs already" : "TLS is not offered here");
    return COMMAND;
  }
  const found = play.find(request);
  const status =
    found === undefined
      ? play.madeUp(request, "TLS is of the replay")
      : play.perform(request, found, ["command"]);
  if (status === "OK") {
    play.give([{ kind: "startTls", early: rest() }]);
    play.tls = true;
  }
  return COMMAND;
}

function compress(play: Play, request: Request, { rest }: Said): Mode {
  if (play.compressed) {
    play.refuse(request, "NO", "the connection is compressed already");
    return COMMAND;
  }
  const [method] = request.command.arguments;
  const known = upperCase(textOf(method)) === "DEFLATE";
  const found = play.find(request);
  if (found === undefined && !known) {
    play.refuse(request, "BAD", "only DEFLATE is known");
    return COMMAND;
  }
  const status =
    found === undefined
      ? play.madeUp(request, "compression is of the replay")
      : play.perform(request, found, ["command"]);
  if (status === "OK") {
    play.give([{ kind: "deflate", early: rest() }]);
    play.compressed = true;
  }
  return COMMAND;
}

function login(play: Play, request: Request): Mode {
  const { detail } = request.command;
  finishLogin(play, request, detail.kind === "login" ? detail.user : undefined);
  return COMMAND;
}

function authenticate(play: Play, request: Request, { frame }: Said): Mode {
  const { detail } = request.command;
  const name = detail.kind === "authenticate" ? upperCase(detail.mechanism) : "";
  const { crypto, password } = play.options;
  const row = isPlayable(name, password) ? MECHANISMS[name] : undefined;
  if (row === undefined) {
    if (refuseAsRecorded(play, request)) return COMMAND;
    const why = name.startsWith("SCRAM-")
      ? "SCRAM needs to know the password: give it with --password"
      : "it cannot be played";
    play.refuse(request, "NO", `AUTHENTICATE ${printable(name)} is refused, because ${why}`);
    return COMMAND;
  }
  const sasl = row.start({ crypto, password });
  // The request has a mask in its place (RFC 4959).
  const initial = parseCommand(frame).value.arguments[1];
  const octets = initial === undefined ? undefined : saslOctets(textOf(initial));
  if (initial !== undefined && octets === undefined) return badBase64(play, request);
  return afterTurn(play, { request, sasl }, sasl(octets), false);
}

/** A line of the client while SASL runs (RFC 9051 §6.2.2). */
export function hearSasl(play: Play, { request, sasl }: Mode & { kind: "sasl" }, line: string): Mode {
  if (line === "*") {
    if (!refuseAsRecorded(play, request))
      play.refuse(request, "BAD", "the client has cancelled the authentication");
    return COMMAND;
  }
  const octets = saslOctets(line);
  return octets === undefined
    ? badBase64(play, request)
    : afterTurn(play, { request, sasl }, sasl(octets), true);
}

/** `challenged` tells whether the client has been asked for something, which nobody recorded. */
function afterTurn(
  play: Play,
  { request, sasl }: Pick<Mode & { kind: "sasl" }, "request" | "sasl">,
  turn: SaslTurn,
  challenged: boolean,
): Mode {
  switch (turn.kind) {
    case "challenge":
      play.say(`+ ${turn.text}`);
      return { kind: "sasl", request, sasl };
    case "failed":
      if (!refuseAsRecorded(play, request)) play.refuse(request, "NO", turn.why);
      return COMMAND;
    case "done":
      finishLogin(play, request, turn.user, challenged ? ["challenges made up"] : []);
      return COMMAND;
  }
}

/** What cannot succeed here is no fault where it did not succeed in the recording; false where it did. */
function refuseAsRecorded(play: Play, request: Request): boolean {
  const found = play.findOwnLogin(request);
  const { status } = found?.step ?? {};
  if (found === undefined || (status !== "NO" && status !== "BAD")) return false;
  play.perform(request, found, ["command"]);
  return true;
}

function badBase64(play: Play, request: Request): Mode {
  play.refuse(request, "BAD", "this is no Base64");
  return COMMAND;
}

/** Any secret is right where the recorded login was accepted, and none where it was refused. */
function finishLogin(
  play: Play,
  request: Request,
  user: string | undefined,
  own: readonly string[] = [],
): void {
  if (play.scene.authenticated) {
    play.refuse(request, "BAD", "the client is logged in already");
    return;
  }
  const found = play.findLogin(request, user);
  if (found !== undefined)
    play.perform(request, found, ["command"], [...own, ...otherWay(request, found.step.request)]);
  else if (play.options.casting.hasLogins()) play.miss(request);
  else play.madeUp(request, "no login was recorded, so anybody may log in");
}

/** The answer is that of another way to log in. */
function otherWay(request: Request, recorded: Request): readonly string[] {
  const way = wayOf(recorded);
  return way === wayOf(request) ? [] : [`in place of ${way}`];
}

function idle(play: Play, request: Request): Mode {
  const found = play.find(request);
  const how = found === undefined ? play.synthesise(request)?.how : "the recording ends within IDLE";
  play.say("+ idling");
  if (found !== undefined) play.speak(request, found, "command");
  return { kind: "idle", request, found, how: how ?? "nothing happens" };
}

/** DONE (RFC 9051 §6.3.13), or a line that is none and ends IDLE as well. */
export function hearDone(play: Play, { request, found, how }: Mode & { kind: "idle" }, line: string): Mode {
  if (upperCase(line) !== "DONE") play.refuse(request, "BAD", "DONE was expected");
  else if (found?.step.status !== undefined) play.perform(request, found, ["done"]);
  else play.madeUp(request, how);
  return COMMAND;
}

function logout(play: Play, request: Request): Mode {
  play.answer(request);
  play.close();
  return COMMAND;
}

function textOf(token: Token | undefined): string {
  return token !== undefined && "text" in token ? token.text : "";
}

/** A name of a client within a line of ours. */
function printable(name: string): string {
  return name.replace(/[^A-Z0-9_-]/g, "?").slice(0, 40);
}
