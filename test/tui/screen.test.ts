import { test } from "node:test";
import { expectScreen } from "./golden.ts";
import { GOLDEN_SCREENS } from "./golden-screens.ts";
import { demoEvents, shown } from "./shown.ts";

const DEMO = demoEvents();

test("screens are as they were looked at", async (t) => {
  for (const { name, size, keys } of GOLDEN_SCREENS) {
    await t.test(name, async () => {
      const [columns, rows] = size;
      const { type, text, screen } = await shown(DEMO, { columns, rows });
      for (const each of keys) await type(each);
      expectScreen(name, text());
      screen.close();
    });
  }
});
