/** A client in front of a player, without sockets: says octets, and hears what the player says. */
import { concat, fromLatin1, latin1 } from "../../../src/core/base/octets.ts";
import { createCasting } from "../../../src/core/replay/casting.ts";
import { readIgnored } from "../../../src/core/replay/ignore.ts";
import { createMatcher, type Matching } from "../../../src/core/replay/match.ts";
import type { Sequence } from "../../../src/core/replay/part.ts";
import type { Played } from "../../../src/core/replay/played.ts";
import { createPlayer, type Player } from "../../../src/core/replay/player.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { eventsOf } from "../../playbook.ts";
import { cryptoWith } from "./crypto.ts";
import { scriptOfEvents } from "./scripts.ts";

export interface PlayingOptions {
  readonly matching?: Matching;
  readonly ignore?: readonly string[];
  readonly sequence?: Sequence;
  readonly password?: string;
  readonly tls?: boolean;
  readonly canStartTls?: boolean;
}

export interface Stage {
  readonly connect: () => Client;
  readonly played: Played[];
  /** What of the greetings was altered. */
  readonly alteredGreetings: string[];
}

export interface Client {
  /** Says octets (`\n` for a line end), and gives what is heard until the player waits, `|` for a line end. */
  readonly say: (text: string) => string;
  readonly player: Player;
}

/** A replay of transcripts, each one a connection, told in the order of the list. */
export function stageOf(transcripts: readonly string[], options: PlayingOptions = {}): Stage {
  const events = transcripts.flatMap((transcript, at) =>
    eventsOf(transcript).map((event): WireEvent => ({ ...event, connection: at + 1 })),
  );
  const { script, text } = scriptOfEvents(events);
  const { ignored } = readIgnored(options.ignore ?? []);
  const casting = createCasting(
    script,
    createMatcher(options.matching ?? "canonical", ignored),
    options.sequence ?? "state",
  );
  const played: Played[] = [];
  const alteredGreetings: string[] = [];
  let clients = 0;

  function connect(): Client {
    const player = createPlayer({
      ...{ client: ++clients, script, casting, crypto: cryptoWith("chance", new Uint8Array(4)) },
      ...{ password: options.password, tls: options.tls ?? true, canStartTls: options.canStartTls ?? false },
      atMicros: 0,
      onPlayed: (one) => played.push(one),
      onGreetingAltered: (altered) => alteredGreetings.push(...altered),
    });
    return {
      player,
      say: (said) => {
        if (said !== "") player.take(fromLatin1(said.replaceAll("\n", "\r\n")), 0);
        return heard(player, text);
      },
    };
  }
  return { connect, played, alteredGreetings };
}

function heard(
  player: Player,
  text: (run: { connection: number; from: number; to: number }) => string,
): string {
  const runs: Uint8Array[] = [];
  for (let saying = player.next(); saying !== undefined; saying = player.next()) {
    if (saying.kind === "octets") runs.push(saying.bytes);
    else if (saying.kind === "run") runs.push(fromLatin1(text(saying.run)));
    else if (saying.kind !== "pause") runs.push(fromLatin1(`<${saying.kind}>`));
  }
  return latin1(concat(runs)).replaceAll("\r\n", "|");
}

/** What became of the commands: `SELECT recorded 2`, `NOOP synthesised`, `FETCH synthesised 3` where it stands for exchange 3. */
export function outcomes(played: readonly Played[]): readonly string[] {
  return played.map(({ request, outcome }) => {
    const { name } = request.command;
    if (outcome.kind === "synthesised" && outcome.step !== undefined)
      return `${name} synthesised ${outcome.step.id}`;
    if (outcome.kind !== "recorded") return `${name} ${outcome.kind}`;
    return `${name} recorded ${outcome.step.id}${outcome.repeated ? " again" : ""}`;
  });
}
