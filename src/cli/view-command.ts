/** `imapscope view`: a capture from a file. */
import { readCapture } from "../files/capture-reader.ts";
import { viewOnScreen } from "./capture-screen.ts";
import { createCaptureShow } from "./capture-show.ts";
import { wantsScreen } from "./screen-show.ts";
import type { ShowOptions } from "./show-options.ts";

export interface ViewCommandOptions extends ShowOptions {
  readonly follow: boolean;
  readonly spoolMax?: number | undefined;
}

export async function runView(path: string, options: ViewCommandOptions): Promise<void> {
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  if (wantsScreen(options)) {
    // Else it would be the end, with the terminal as the screen has it.
    process.once("SIGHUP", stop);
    await viewOnScreen(path, options, stopped);
    return;
  }
  const show = createCaptureShow(options, stop);
  const { follow } = options;
  await readCapture(path, show, { follow, signal: stopped.signal, room: show.room });
  await show.finish();
}
