/** What went by, counted for the summary at the end. */
import type { Observation } from "../core/observation.ts";
import { exchangeLabel } from "../core/text/exchange.ts";
import { formatOctets, groupDigits } from "../core/text/octets.ts";

export interface Tally {
  readonly count: (observation: Observation) => void;
  /** Lines without their ends. */
  readonly summary: () => readonly string[];
}

export function createTally(): Tally {
  const counts = { connections: 0, exchanges: 0, pushes: 0, defects: 0, up: 0, down: 0 };
  const labels = new Map<string, number>();
  return {
    count(observation) {
      switch (observation.kind) {
        case "connection":
          if (observation.event.kind === "open") counts.connections++;
          break;
        case "exchange": {
          const label = exchangeLabel(observation.exchange);
          counts.exchanges++;
          labels.set(label, (labels.get(label) ?? 0) + 1);
          counts.up += observation.exchange.octets.clientToServer;
          counts.down += observation.exchange.octets.serverToClient;
          break;
        }
        case "push":
          counts.pushes++;
          counts.down += observation.octets;
          break;
        case "defect":
          counts.defects++;
          break;
        default:
      }
    },
    summary() {
      const ends = [...labels].map(([label, count]) => `${groupDigits(count)} ${label}`).join(", ");
      const exchanges = plural(counts.exchanges, "exchange", "exchanges") + (ends === "" ? "" : ` (${ends})`);
      const others = [
        plural(counts.pushes, "push", "pushes"),
        plural(counts.defects, "defect", "defects"),
        `${formatOctets(counts.up)} up`,
        `${formatOctets(counts.down)} down`,
      ].join(", ");
      return [`${plural(counts.connections, "connection", "connections")}, ${exchanges}`, others];
    },
  };
}

function plural(count: number, one: string, many: string): string {
  return `${groupDigits(count)} ${count === 1 ? one : many}`;
}
