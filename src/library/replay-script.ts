/** A capture as a script, with the octets of its server at hand. */
import { createScriptBuilder } from "../core/replay/build-script.ts";
import type { Ignored } from "../core/replay/ignore.ts";
import type { Script } from "../core/replay/script.ts";
import type { WireEvent } from "../core/wire/event.ts";
import { captureEvents } from "../files/capture-reader.ts";
import { slicesOf } from "../files/event-slices.ts";
import { createRecordFile } from "../files/record-file.ts";
import { createServerOctets, type ServerOctetsOptions } from "../files/server-octets.ts";
import type { ServerOctets } from "../net/server-octets.ts";

export interface LoadedScript {
  readonly script: Script;
  readonly octets: ServerOctets;
  readonly close: () => Promise<void>;
}

/**
 * Reads a capture once: its file, packed or not, `-` for standard input, or its events.
 * @throws ImapscopeError ERR_CAPTURE_UNREADABLE, ERR_CAPTURE_NOT_ONE, ERR_CAPTURE_TOO_NEW, ERR_TEMPORARY_UNWRITABLE
 */
export async function loadScript(
  capture: string | Iterable<WireEvent>,
  options: ServerOctetsOptions & { readonly ignored?: Ignored } = {},
): Promise<LoadedScript> {
  const octets = createServerOctets(options);
  const records = createRecordFile(options);
  const builder = createScriptBuilder(options.ignored, records);
  const close = async (): Promise<void> => {
    await Promise.all([octets.close(), records.close()]);
  };
  try {
    for await (const event of typeof capture === "string" ? captureEvents(capture) : capture) {
      for (const slice of slicesOf(event)) builder.take(slice);
      await records.room();
      if (event.kind !== "data" || event.from !== "server" || event.relayed === false) continue;
      octets.take(event.connection, event.bytes);
      await octets.room();
    }
    return { script: builder.finish(), octets, close };
  } catch (error) {
    await close();
    throw error;
  }
}
