/** The names of commands, read off a client's line: `UID FETCH` is one name in two words (RFC 9051 §6.4.9). */
import { COMMANDS } from "../vocabulary/commands.ts";
import { type WordReader, wordReader, wordTable } from "./words.ts";

const NAMES = COMMANDS.map(({ name }) => name);

/** The name that a word is; that of `UID` is not whole without the word behind it. */
export const readCommandName: WordReader = wordReader(NAMES.filter((name) => !name.includes(" ")));

const findUidName = wordTable(
  NAMES.filter((name) => name.startsWith("UID ")).map((name) => [name.slice(4), name] as const),
);

/** The name of the command that `UID` and this word are. */
export const readUidName: WordReader = (line, start, end) =>
  findUidName(line, start, end) ?? `UID ${readCommandName(line, start, end)}`;
