/** `imapscope demo`: loads what it needs, while the CA is made or its keys are. */
import { openDemoCa } from "./demo-ca.ts";
import type { DemoCommandOptions } from "./demo-play.ts";
import { loadInStages, REPLAY_FLOORS, SCREEN_FLOORS } from "./load-in-stages.ts";
import { wantsScreen } from "./show-options.ts";

export async function runDemo(options: DemoCommandOptions): Promise<void> {
  const ca = openDemoCa(options.caDir);
  // It is told where it is awaited.
  ca.catch(() => undefined);
  await loadInStages(wantsScreen(options) ? [...REPLAY_FLOORS, ...SCREEN_FLOORS] : REPLAY_FLOORS);
  const { playDemo } = await import("./demo-play.ts");
  await playDemo(options, await ca);
}
