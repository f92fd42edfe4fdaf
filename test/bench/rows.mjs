/**
 * What the benchmark measures: a row names what the load generator does (native/load.c), for how long, and the figures that
 * are made of what it and the proxy's clock say.
 */

/**
 * @typedef {object} Sample what one run gave
 * @property {number} octets
 * @property {number} commands
 * @property {number} micros
 * @property {number=} p50Micros
 * @property {number=} p99Micros
 * @property {number} cpuSeconds of the proxy
 * @property {number} residentOctets that the proxy grew by
 * @property {number} peakOctets the most that were resident at any time
 * @property {number=} count how many, where the row has a count
 */

/**
 * @typedef {object} Figure
 * @property {string} key
 * @property {string} unit as it stands in tables
 * @property {(sample: Sample) => number} of
 * @property {boolean=} ofProxy none where there is no proxy
 */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {string} load
 * @property {string} about
 * @property {number=} count instead of a time: how many, or how many GiB
 * @property {number=} quickCount
 * @property {boolean=} once rather than in each round, because it takes long and varies little
 * @property {boolean=} oursOnly what no peer promises anything about
 * @property {readonly Figure[]} figures
 */

const GIB = 1024 ** 3;

const throughput = { key: "rate", unit: "MiB/s", of: ({ octets, micros }) => octets / 1.048576 / micros };
const cpuOfGib = {
  key: "cpu",
  unit: "CPU s/GiB",
  ofProxy: true,
  of: ({ octets, cpuSeconds }) => (cpuSeconds * GIB) / octets,
};
const cpuOfCommand = {
  key: "cpu",
  unit: "CPU µs a command",
  ofProxy: true,
  of: ({ commands, cpuSeconds }) => (cpuSeconds * 1e6) / commands,
};
const p50 = { key: "p50", unit: "p50 µs", of: ({ p50Micros }) => p50Micros };
const p99 = { key: "p99", unit: "p99 µs", of: ({ p99Micros }) => p99Micros };
const commandRate = {
  key: "rate",
  unit: "a second",
  of: ({ commands, micros }) => (commands * 1e6) / micros,
};
const cpuOfConnection = {
  key: "cpu",
  unit: "CPU ms each",
  ofProxy: true,
  of: ({ commands, cpuSeconds }) => (cpuSeconds * 1e3) / commands,
};
const memoryEach = {
  key: "memory",
  unit: "KiB each",
  ofProxy: true,
  of: ({ residentOctets, count }) => residentOctets / 1024 / count,
};
const memoryPeak = {
  key: "memory",
  unit: "MB resident at most",
  ofProxy: true,
  of: ({ peakOctets }) => peakOctets / 1e6,
};
const tookMillis = { key: "took", unit: "ms", of: ({ micros }) => micros / 1e3 };

const BULK = [throughput, cpuOfGib];

/** @type {readonly Row[]} */
export const ROWS = [
  { name: "download", load: "download", about: "messages of 1 MiB, 16 a FETCH", figures: BULK },
  { name: "upload", load: "upload", about: "APPEND of 1 MiB with a synchronizing literal", figures: BULK },
  { name: "envelopes", load: "envelopes", about: "listings of 10,000 envelopes", figures: BULK },
  { name: "flags", load: "flags", about: "listings of 10,000 flag lines", figures: BULK },
  { name: "messages", load: "messages", about: "messages of 16 KiB, 32 pipelined", figures: BULK },
  { name: "round trip", load: "roundtrip", about: "NOOP after NOOP", figures: [p50, p99, cpuOfCommand] },
  { name: "noops", load: "noops", about: "NOOPs, 500 pipelined", figures: [commandRate, cpuOfCommand] },
  { name: "dribble", load: "dribble", about: "delay of writes of seven octets", figures: [p50, p99] },
  {
    name: "connections",
    load: "connections",
    about: "new TLS connections with greeting and LOGOUT, behind the first 3,000",
    figures: [commandRate, cpuOfConnection],
  },
  {
    name: "first connections",
    load: "first",
    about: "the same from the very first on",
    figures: [commandRate, cpuOfConnection],
  },
  {
    ...{ name: "idle", load: "idle", about: "5,000 idle connections (--quick: 500)" },
    ...{ count: 5000, quickCount: 500, once: true, figures: [memoryEach] },
  },
  {
    ...{ name: "push", load: "push", about: "a push to 2,000 idle connections (--quick: 200)" },
    ...{ count: 2000, quickCount: 200, once: true, figures: [tookMillis] },
  },
  {
    ...{ name: "memory", load: "volume", about: "10 GiB of messages on one connection (--quick: 1 GiB)" },
    ...{ count: 10, quickCount: 1, once: true, oursOnly: true, figures: [memoryPeak, throughput, cpuOfGib] },
  },
];
