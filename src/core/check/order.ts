/** Whether the records of each connection stand in an order that can be: opened, times that go on, octets, closed. */
import type { ConnectionId, Sender } from "../base/leg.ts";
import type { Micros } from "../base/time.ts";
import { type CheckProblem, problem } from "./problem.ts";
import type { CheckedEvent } from "./read.ts";

interface Life {
  state: "open" | "closed";
  atMicros: Micros;
  readonly ended: Set<Sender>;
  lastLine: number;
}

export function orderProblems(events: readonly CheckedEvent[]): CheckProblem[] {
  const problems: CheckProblem[] = [];
  const lives = new Map<ConnectionId, Life>();
  for (const { line, event } of events) {
    const { connection, atMicros } = event;
    const place = { line, connection };
    const known = lives.get(connection);
    const life: Life = known ?? { state: "open", atMicros, ended: new Set(), lastLine: line };
    lives.set(connection, life);
    life.lastLine = line;
    if (event.kind === "open") {
      if (known?.state === "open") problems.push(problem("open-twice", place, { connection }));
      else if (known?.state === "closed") problems.push(problem("after-close", place, { connection }));
    } else if (known === undefined) problems.push(problem("open-missing", place, { connection }));
    else if (life.state === "closed") problems.push(problem("after-close", place, { connection }));
    if (atMicros < life.atMicros) {
      const values = { before: millis(life.atMicros), at: millis(atMicros) };
      problems.push(problem("time-back", place, values));
    }
    life.atMicros = Math.max(life.atMicros, atMicros);
    if ((event.kind === "data" || event.kind === "omitted") && life.ended.has(event.from)) {
      problems.push(problem("after-end", place, { from: event.from }));
    }
    if (event.kind === "end") life.ended.add(event.from);
    if (event.kind === "close") life.state = "closed";
  }
  for (const [connection, { state, lastLine }] of lives) {
    if (state === "open") {
      problems.push(problem("close-missing", { line: lastLine, connection }, { connection }));
    }
  }
  return problems;
}

function millis(atMicros: Micros): string {
  return (atMicros / 1000).toFixed(3);
}
