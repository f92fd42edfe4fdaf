/** A play of a replay made by hand, for tests of its report. */
import { createMatcher } from "../src/core/replay/match.ts";
import { createNearest } from "../src/core/replay/nearest.ts";
import type { Outcome, Played } from "../src/core/replay/played.ts";
import { createReport, type ReportMaker, type ReportOptions } from "../src/core/replay/report.ts";
import type { Script, Step } from "../src/core/replay/script.ts";
import { asked } from "./requests.ts";

export function scriptOf(steps: readonly Step[], problems: readonly string[] = []): Script {
  return {
    connections: [
      {
        ...{ connection: 1, listener: "imap://localhost:143", greeting: undefined, steps },
        ...{ closedByServer: false, capabilities: { before: undefined, behind: undefined }, told: new Map() },
      },
    ],
    messages: { find: () => undefined, largest: () => undefined, within: () => [] },
    delimiter: undefined,
    problems,
  };
}

export interface Play {
  readonly maker: ReportMaker;
  readonly send: (text: string, outcome: Outcome | "miss" | "lessMade", client?: number) => void;
}

/** Reports what is sent; a miss is explained among the steps, and so is a FETCH of less that could be answered all the same. */
export function playOf(
  steps: readonly Step[],
  options: ReportOptions = {},
  problems: readonly string[] = [],
): Play {
  const maker = createReport(scriptOf(steps, problems), options);
  const nearest = createNearest(steps, createMatcher("canonical"));
  let now = 0;
  return {
    maker,
    send: (text, outcome, client = 1) => {
      const request = asked(text);
      const mismatch = nearest.explain(request, {
        ...{ isUsed: () => false, authenticated: true, mailbox: "INBOX" },
        behind: steps[0],
      });
      now += 1500;
      const played: Played = {
        client,
        atMicros: now,
        request,
        outcome:
          outcome === "miss"
            ? { kind: "miss", mismatch }
            : outcome === "lessMade"
              ? { kind: "synthesised", how: "of less", mismatch }
              : outcome,
      };
      maker.take(played);
    },
  };
}

export function recorded(
  step: Step,
  more: { repeated?: boolean; altered?: readonly string[] } = {},
): Outcome {
  return { kind: "recorded", step, repeated: false, altered: [], ...more };
}
