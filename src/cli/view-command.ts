/** `imapscope view`: a capture from a file. */
import { readCapture } from "../files/capture-reader.ts";
import { createCaptureShow } from "./capture-show.ts";
import { collectSoon } from "./collect-soon.ts";
import { loadInStages, SCREEN_FLOORS } from "./load-in-stages.ts";
import { openKeys, openKeysBesideInput } from "./screen-keys.ts";
import { checkFilter } from "./show.ts";
import { type ShowOptions, wantsScreen } from "./show-options.ts";

export interface ViewCommandOptions extends ShowOptions {
  readonly follow: boolean;
  readonly spoolMax?: number | undefined;
}

export async function runView(path: string, options: ViewCommandOptions): Promise<void> {
  checkFilter(options);
  const stopped = new AbortController();
  const stop = (): void => stopped.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  if (wantsScreen(options)) {
    const keys = path === "-" ? openKeysBesideInput() : openKeys();
    // Else it would be the end, with the terminal as the screen has it.
    process.once("SIGHUP", stop);
    collectSoon();
    await loadInStages(SCREEN_FLOORS);
    const { viewOnScreen } = await import("./capture-screen.ts");
    await viewOnScreen(path, options, { keys, stopped });
    return;
  }
  const show = createCaptureShow(options, stop);
  const { follow } = options;
  await readCapture(path, show, { follow, signal: stopped.signal, room: show.room });
  await show.finish();
}
