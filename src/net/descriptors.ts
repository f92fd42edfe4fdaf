/**
 * How many connections there are file descriptors for. It must be known beforehand: when they run out, the system library
 * beneath Node takes all clients that wait and cuts them off, and tells nobody.
 */

/** What the process itself needs: standard streams, the event loop, listeners, captures, name look-ups. */
const OWN_DESCRIPTORS = 32;

/** Connections that may be open at once; infinite where the system sets no limit. */
export function connectionsFor(descriptors: number, perConnection: number): number {
  return Math.max(1, Math.floor((descriptors - OWN_DESCRIPTORS) / perConnection));
}

/** File descriptors that this process may have open. */
export function descriptorLimit(): number {
  const { report } = process;
  // Else it would look up the names of all peers; a library does not know what else the process has open.
  Object.assign(report, { excludeNetwork: true });
  return softLimit(report.getReport());
}

/** Node's diagnostic report has it where the system has such limits, as a number or `unlimited`. */
export function softLimit(report: unknown): number {
  const soft = at(at(at(report, "userLimits"), "open_files"), "soft");
  return typeof soft === "number" ? soft : Number.POSITIVE_INFINITY;
}

function at(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
