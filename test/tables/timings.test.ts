/** Times of exchanges, to the microsecond: transcripts with the time at which each run was read (RFC 9051 §2.2, RFC 2177 §3). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Exchange, observeDialogue } from "../../src/index.ts";
import { runsOf, transcript } from "./transcript.ts";

interface Row {
  readonly name: string;
  readonly said: readonly string[];
  /**
   * Of each exchange in the order of its end: `tag gap/upload/wait/download=total`, `+` waits, `idle` and its `end`, round
   * trips (`r`), octets from client and server (`>` and `<`). `-` stands for what never was.
   */
  readonly times: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    name: "a command without data",
    said: ["100 S: * OK hi", "250 C: a NOOP", "900 S: a OK"],
    times: ["a 150/0/650/0=650 r1 >8 <6"],
  },
  {
    name: "upload from the first octet to the last, wait to the first answer, download to the tagged one",
    said: [
      "0 S: * OK hi",
      "100 C: a CAPA\\",
      "150 C: BILITY",
      "400 S: * CAPAB\\",
      "450 S: ILITY IMAP4rev1",
      "700 S: a OK",
    ],
    times: ["a 100/50/250/300=600 r1 >14 <30"],
  },
  {
    name: "the gap runs from the last completion, and is 0 when pipelined",
    said: [
      "0 S: * OK hi",
      "10 C: a NOOP",
      "20 C: b NOOP",
      "50 S: a OK",
      "70 S: b OK",
      "100 C: c NOOP",
      "101 S: c OK",
    ],
    times: ["a 10/0/40/0=40 r1 >8 <6", "b 0/0/50/0=50 r1 >8 <6", "c 30/0/1/0=1 r1 >8 <6"],
  },
  {
    name: "pipelined in one read",
    said: ["0 S: * OK hi", "10 C: a NOOP\r\nb NOOP", "50 S: a OK\r\nb OK", "90 C: c NOOP", "91 S: c OK"],
    times: ["a 10/0/40/0=40 r1 >8 <6", "b 0/0/40/0=40 r1 >8 <6", "c 40/0/1/0=1 r1 >8 <6"],
  },
  {
    name: "before the greeting there is no gap",
    said: ["10 C: a NOOP", "30 S: * OK hi", "50 S: a OK"],
    times: ["a 0/0/40/0=40 r1 >8 <6"],
  },
  {
    name: "the wait for `+` lies within upload",
    said: [
      "0 S: * OK hi",
      "10 C: a SELECT {5}",
      "60 S: + go",
      "80 C: IN\\",
      "90 C: BOX",
      "190 S: * 1 EXISTS",
      "200 S: a OK",
    ],
    times: ["a 10/80/100/10=190 +50 r2 >21 <24"],
  },
  {
    name: "two literals, two waits",
    said: [
      "0 S: * OK hi",
      "0 C: a LOGIN {1}",
      "10 S: +",
      "15 C: u {8}",
      "45 S: +",
      "50 C: passwort",
      "90 S: a OK",
    ],
    times: ["a 0/50/40/0=90 +10 +30 r3 >30 <12"],
  },
  {
    name: "a literal that does not synchronize waits for nothing",
    said: ["0 S: * OK hi", "0 C: a SELECT {5+}", "20 C: INBOX", "90 S: a OK"],
    times: ["a 0/20/70/0=90 r1 >22 <6"],
  },
  {
    name: "a refused literal: the header was the last octet",
    said: ["0 S: * OK hi", "0 C: a APPEND x {300}", "40 S: a NO no", "50 C: b NOOP", "60 S: b OK"],
    times: ["a 0/0/40/0=40 r1 >18 <9", "b 10/0/10/0=10 r1 >8 <6"],
  },
  {
    name: "refused while the octets come: all of it is upload",
    said: [
      "0 S: * OK hi",
      "0 C: a APPEND x {4+}",
      "40 S: a NO no",
      "50 C: abcd",
      "80 C: b NOOP",
      "90 S: b OK",
    ],
    times: ["a 0/40/0/0=40 r1 >0 <9", "b 40/0/10/0=10 r1 >8 <6"],
  },
  {
    name: "an answer before the last octet: nothing is negative",
    said: ["0 S: * OK hi", "0 C: a SEARCH {3+}", "20 S: * SEARCH", "30 C: ALL", "50 S: a OK"],
    times: ["a 0/30/0/20=50 r1 >20 <16"],
  },
  {
    name: "authentication: each step is a round trip",
    said: [
      "0 S: * OK hi",
      "0 C: a AUTHENTICATE LOGIN",
      "10 S: + VQ==",
      "30 C: dQ==",
      "70 S: + UA==",
      "75 C: cA==",
      "175 S: a OK",
    ],
    times: ["a 0/75/100/0=175 +10 +40 r3 >42 <30"],
  },
  {
    name: "an initial response saves one",
    said: ["0 S: * OK hi", "0 C: a AUTHENTICATE PLAIN AHUAcA==", "100 S: a OK"],
    times: ["a 0/0/100/0=100 r1 >31 <6"],
  },
  {
    name: "IDLE: idle time from `+` to DONE, latency from DONE to OK",
    said: [
      "0 S: * PREAUTH hi",
      "0 C: a IDLE",
      "5 S: + idling",
      "1000 S: * 5 EXISTS",
      "3000 C: DONE",
      "3040 S: a OK",
      "3050 C: b NOOP",
      "3051 S: b OK",
    ],
    times: ["a 0/0/3040/0=3040 +5 idle2995 end40 r2 >14 <16", "b 10/0/1/0=1 r1 >8 <6"],
  },
  {
    name: "IDLE: DONE and the next command in one read",
    said: [
      "0 S: * PREAUTH hi",
      "0 C: a IDLE",
      "5 S: + idling",
      "100 C: DONE\r\nb NOOP",
      "140 S: a OK\r\nb OK",
    ],
    times: ["a 0/0/140/0=140 +5 idle95 end40 r2 >14 <16", "b 0/0/40/0=40 r1 >8 <6"],
  },
  {
    name: "IDLE that the server ends",
    said: ["0 S: * PREAUTH hi", "0 C: a IDLE", "5 S: + idling", "105 S: a OK"],
    times: ["a 0/0/105/0=105 +5 idle100 r2 >8 <16"],
  },
  {
    name: "IDLE refused",
    said: ["0 S: * PREAUTH hi", "0 C: a IDLE", "5 S: a NO no"],
    times: ["a 0/0/5/0=5 r1 >8 <9"],
  },
  {
    name: "never completed",
    said: ["0 S: * OK hi", "10 C: a NOOP"],
    times: ["a 10/0/-/-=- r0 >8 <0"],
  },
  {
    name: "never received whole",
    said: ["0 S: * OK hi", "10 C: a SELECT {5+}", "30 C: IN\\"],
    times: ["a 10/-/-/-=- r0 >17 <0"],
  },
  {
    name: "what is pushed belongs to nobody's time",
    said: [
      "0 S: * PREAUTH hi",
      "0 C: a CAPABILITY",
      "10 S: * 3 EXISTS",
      "50 S: * CAPABILITY IMAP4rev1",
      "60 S: a OK",
    ],
    times: ["a 0/0/50/10=60 r1 >14 <30"],
  },
];

function shown({ tag, timings, octets }: Exchange): string {
  const { gapMicros, uploadMicros, waitMicros, downloadMicros, totalMicros, idleMicros, idleEndMicros } =
    timings;
  const parts = [uploadMicros, waitMicros, downloadMicros].map((micros) => micros ?? "-").join("/");
  return [
    tag,
    `${gapMicros}/${parts}=${totalMicros ?? "-"}`,
    ...timings.continuationMicros.map((micros) => `+${micros}`),
    ...(idleMicros === undefined ? [] : [`idle${idleMicros}`]),
    ...(idleEndMicros === undefined ? [] : [`end${idleEndMicros}`]),
    `r${timings.roundTrips}`,
    `>${octets.clientToServer}`,
    `<${octets.serverToClient}`,
  ].join(" ");
}

for (const row of ROWS) {
  test(row.name, () => {
    const { exchanges } = observeDialogue(runsOf(transcript(row.said)));
    assert.deepEqual(exchanges.map(shown), row.times);
    for (const { timings } of exchanges) {
      const { uploadMicros, waitMicros, downloadMicros, totalMicros } = timings;
      if (totalMicros === undefined) continue;
      assert.equal((uploadMicros ?? 0) + (waitMicros ?? 0) + (downloadMicros ?? 0), totalMicros);
    }
  });
}
