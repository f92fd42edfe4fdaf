/**
 * One connection of a replay: takes what the client says, finds what the recorded server said to that, and gives what is to be
 * said now, one saying after the other. It never throws for any octets. Whoever owns the socket asks for the next saying when
 * the last was done, so that a client which does not read is not answered faster than it reads.
 */
import { latin1 } from "../base/octets.ts";
import type { Micros } from "../base/time.ts";
import type { Frame } from "../imap/frame.ts";
import { ClientFrames } from "./client-frames.ts";
import { COMMAND, hearDone, hearSasl, type Mode, OWN_COMMANDS } from "./own-commands.ts";
import { Play, type PlayOptions } from "./play.ts";
import { type Request, readRequest } from "./request.ts";
import type { Saying } from "./saying.ts";

export interface Player {
  /** Takes octets of the client, in order; they must not change afterwards. */
  readonly take: (bytes: Uint8Array, atMicros: Micros) => void;
  /** What is to be said next; `undefined` where the client has to say something first, or it is over. */
  readonly next: () => Saying | undefined;
  /** Whether the client has said something that was not looked at. */
  readonly hasMore: () => boolean;
  /** Whether it has said so much ahead that it should not be read. */
  readonly isBusy: () => boolean;
}

export function createPlayer(options: PlayOptions): Player {
  const play = new Play(options);
  let mode: Mode = COMMAND;
  const frames = new ClientFrames({
    opensLiterals: () => mode.kind === "command",
    ignored: options.casting.ignored,
    onWaiting: (soFar) => {
      const authenticated = play.scene.authenticated;
      if (soFar !== undefined && play.refusesLiteral(readRequest(soFar, undefined, authenticated)))
        return "refused";
      play.say("+ ready for the literal");
      return "continued";
    },
  });
  const rest = (): Uint8Array => frames.rest();

  function hear(frame: Frame, request: () => Request): Mode {
    const line = frame.lines[0] ?? new Uint8Array(0);
    switch (mode.kind) {
      case "sasl":
        return hearSasl(play, mode, latin1(line));
      case "idle":
        return hearDone(play, mode, latin1(line));
      case "command":
        // Some clients end a literal with a line end too many.
        return line.length === 0 && frame.literals.length === 0 ? COMMAND : hearCommand(request(), frame);
    }
  }

  function hearCommand(request: Request, frame: Frame): Mode {
    const { tag, name } = request.command;
    const own = Object.hasOwn(OWN_COMMANDS, name) ? OWN_COMMANDS[name] : undefined;
    if (tag === "" || name === "") play.refuse(request, "BAD", "a tag and a command were expected");
    else if (own !== undefined) return own(play, request, { frame, rest });
    else play.answer(request);
    return COMMAND;
  }

  return {
    take: (bytes, atMicros) => {
      play.atMicros = atMicros;
      if (!play.over) frames.take(bytes, atMicros);
    },
    next: () => {
      for (let saying = play.next(); ; saying = play.next()) {
        if (saying !== undefined) return saying;
        if (play.over || !frames.hasMore()) return undefined;
        const found = frames.next();
        if (found !== undefined)
          mode = hear(found.frame, () => readRequest(found.frame, found.prints, play.scene.authenticated));
      }
    },
    hasMore: () => !play.over && frames.hasMore(),
    isBusy: () => frames.isFull(),
  };
}
