/** The law of answers: a client that does what was recorded hears each untagged response once, and in the recorded order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { stageOf } from "../core/replay/playing.ts";
import { runs } from "../runs.ts";

/** A command, what the server says to it, and what it pushes meanwhile; every number is another. */
interface Turn {
  readonly command: string;
  readonly said: readonly string[];
}

type Make = (next: () => number) => Turn;

const PUSHES: readonly ((next: () => number) => string)[] = [
  (next) => `* ${next()} EXISTS`,
  (next) => `* ${next()} RECENT`,
  (next) => `* OK push ${next()}`,
  (next) => `* ${next()} FETCH (FLAGS (\\Seen))`,
  (next) => `* STATUS other${next()} (MESSAGES 3)`,
];

const ANSWERS: readonly Make[] = [
  () => ({ command: "NOOP", said: [] }),
  () => ({ command: "CHECK", said: [] }),
  (next) => ({ command: "SEARCH ALL", said: [`* SEARCH ${next()}`] }),
  (next) => ({ command: "UID SEARCH ALL", said: [`* SEARCH ${next()}`] }),
  (next) => ({
    command: "FETCH 1:* FLAGS",
    said: [`* ${next()} FETCH (FLAGS ())`, `* ${next()} FETCH (FLAGS ())`],
  }),
  (next) => ({ command: 'LIST "" *', said: [`* LIST () "/" box${next()}`] }),
  (next) => ({ command: "STATUS box (MESSAGES)", said: [`* STATUS box (MESSAGES ${next()})`] }),
];

interface Recorded {
  /** Commands that were sent together. */
  readonly groups: readonly (readonly Turn[])[];
}

const recorded: fc.Arbitrary<Recorded> = fc
  .array(
    fc.array(
      fc.record({
        answer: fc.constantFrom(...ANSWERS),
        before: fc.array(fc.constantFrom(...PUSHES), { maxLength: 2 }),
        behind: fc.array(fc.constantFrom(...PUSHES), { maxLength: 2 }),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((groups) => {
    let number = 0;
    const next = (): number => ++number;
    return {
      groups: groups.map((group) =>
        group.map(({ answer, before, behind }): Turn => {
          const first = before.map((push) => push(next));
          const { command, said } = answer(next);
          return { command, said: [...first, ...said, ...behind.map((push) => push(next))] };
        }),
      ),
    };
  });

function transcriptOf({ groups }: Recorded): string {
  let tag = 0;
  const lines = ["S: * PREAUTH hi", "C: s SELECT INBOX", "S: s OK selected"];
  for (const group of groups) {
    const tagged = group.map((turn) => ({ ...turn, tag: `r${++tag}` }));
    for (const { command, tag } of tagged) lines.push(`C: ${tag} ${command}`);
    for (const { said, tag } of tagged) lines.push(...said.map((line) => `S: ${line}`), `S: ${tag} OK done`);
  }
  return lines.join("\n");
}

function untagged(heard: string): readonly string[] {
  return heard.split("|").filter((line) => line.startsWith("* "));
}

/** What is heard when so many commands are sent together each time. */
function replayed(session: Recorded, together: number): readonly string[] {
  const client = stageOf([transcriptOf(session)]).connect();
  client.say("x SELECT INBOX\n");
  const commands = session.groups.flat().map(({ command }, at) => `c${at} ${command}\n`);
  let heard = "";
  for (let at = 0; at < commands.length; at += together)
    heard += client.say(commands.slice(at, at + together).join(""));
  return untagged(heard);
}

/** Whether somebody may take changed flags for the answer to a FETCH that was sent but not begun. */
function isGuessed({ groups }: Recorded): boolean {
  return groups.some((group) => {
    const texts = group.flatMap(({ command, said }) => [command, ...said]);
    return texts.some((text) => text.startsWith("FETCH")) && texts.some((text) => text.includes("Seen"));
  });
}

const together = fc.constantFrom(1, 2, 3, 100);

test("each untagged response is heard once, however the commands are pipelined", () => {
  fc.assert(
    fc.property(recorded, together, (session, count) => {
      const said = session.groups.flat().flatMap((turn) => turn.said);
      assert.deepEqual([...replayed(session, count)].sort(), [...said].sort());
    }),
    { numRuns: runs(200) },
  );
});

test("they are heard in the recorded order, where nobody has to guess whose they are", () => {
  fc.assert(
    fc.property(recorded, together, (session, count) => {
      fc.pre(!isGuessed(session));
      assert.deepEqual(
        replayed(session, count),
        session.groups.flat().flatMap((turn) => turn.said),
      );
    }),
    { numRuns: runs(200) },
  );
});

test("a change of flags that is taken for the answer of a later FETCH takes along what was pushed behind it", () => {
  const session = {
    groups: [
      [
        { command: "NOOP", said: ["* 3 FETCH (FLAGS (\\Seen))", "* 1 EXPUNGE", "* 7 EXISTS"] },
        { command: "FETCH 1:* FLAGS", said: ["* 2 FETCH (FLAGS ())"] },
      ],
    ],
  };
  for (const count of [1, 2])
    assert.deepEqual(
      replayed(session, count),
      session.groups.flat().flatMap(({ said }) => said),
    );
});
