/** Scripts of transcripts, shown in short lines. */
import { concat, latin1 } from "../../../src/core/base/octets.ts";
import { createScriptBuilder } from "../../../src/core/replay/build-script.ts";
import type { Reply, Script, ServerRun } from "../../../src/core/replay/script.ts";
import type { WireEvent } from "../../../src/core/wire/event.ts";
import { eventsOf, type PlaybookOptions } from "../../playbook.ts";

export interface Scripted {
  readonly script: Script;
  readonly text: (run: ServerRun) => string;
  /** `a1 NOOP [selected INBOX] OK: command "* 1 EXISTS", after "* 2 EXISTS"`; line ends are left out. */
  readonly steps: readonly string[];
}

export function scriptOfEvents(events: readonly WireEvent[]): Scripted {
  const builder = createScriptBuilder();
  for (const event of events) builder.take(event);
  const script = builder.finish();
  const text = ({ connection, from, to }: ServerRun): string =>
    latin1(serverStream(events, connection).subarray(from, to));
  const shown = ({ cue, run }: Reply): string => `${cue} "${text(run).trimEnd()}"`;
  return {
    script,
    text,
    steps: script.connections.flatMap(({ steps }) =>
      steps.map(({ tag, request, state, mailbox, status, replies }) => {
        const place = mailbox === undefined ? state : `${state} ${mailbox}`;
        const said = replies.map(shown).join(", ");
        return `${tag} ${request.command.name} [${place}] ${status ?? "-"}: ${said}`;
      }),
    ),
  };
}

export function scripted(transcript: string, options: PlaybookOptions = {}): Scripted {
  return scriptOfEvents(eventsOf(transcript, options));
}

/** All that the server of a connection said to its client. */
export function serverStream(events: readonly WireEvent[], connection: number): Uint8Array {
  return concat(
    events.flatMap((event) =>
      event.kind === "data" &&
      event.connection === connection &&
      event.from === "server" &&
      event.relayed !== false
        ? [event.bytes]
        : [],
    ),
  );
}
