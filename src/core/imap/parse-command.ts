/**
 * A frame of the client to the command that it is (RFC 9051 §2.2.1, §9).
 *
 * Theory of operation. Tag and name are read first, up to a space each. All arguments are then made tokens, whatever the
 * command, and last the grammar of the command types them. A frame that is not whole (a refused literal, a cut
 * connection) is parsed as far as it goes: then only what is wrong for itself is a defect, and nothing is missing.
 */
import { MASK } from "../base/mask.ts";
import { CR, latin1, NUL, SP } from "../base/octets.ts";
import { isKnownCommand } from "../vocabulary/commands.ts";
import type { Command, CommandDetail } from "./command.ts";
import { type Arguments, refuseRest } from "./command-arguments.ts";
import { parseArguments } from "./command-grammar.ts";
import { readCommandName, readUidName } from "./command-name.ts";
import { type Defect, type DefectKind, defect, NO_DEFECTS, type Parsed, withDefects } from "./defect.ts";
import type { Frame } from "./frame.ts";
import { blame, createLexer, type Lexer, skipSpaces } from "./lexer.ts";
import { readTokens } from "./read-token.ts";
import type { Token } from "./token.ts";

/** Octets of a command line, quoted strings included and literals not, over which servers may give up (RFC 7162 §4). */
const LINE_OCTETS = 8192;

/** One or more ASTRING-CHARs except `+` (RFC 9051 §9). */
const TAG = /^[^\x00-\x20\x7f-\xff(){%*"\\+]+$/;

/** What is wrong in a part of a frame whatever would have followed. */
const WRONG_IN_PART: ReadonlySet<DefectKind> = new Set<DefectKind>([
  "tag-invalid",
  "command-unknown",
  "client-nul",
  "client-8bit",
  "client-bare-cr",
  "client-limit",
  "command-line-too-long",
]);

/** Parses a command; never throws, and takes time in proportion to the octets of the frame. */
export function parseCommand(frame: Frame): Parsed<Command> {
  const lexer = createLexer(frame);
  const whole = frame.end !== "refused" && frame.end !== "cut" && frame.droppedOctets === 0;
  skipToSpace(lexer);
  const tag = latin1(lexer.line, 0, lexer.at);
  const named = skipSpaces(lexer);
  const name = takeName(lexer);
  const nameIsWhole = whole || lexer.at < lexer.line.length || lexer.index < frame.literals.length;
  // Before authentication the masker makes one mask of a line that is no known command.
  const masked = tag === MASK && name === "";
  if (!TAG.test(tag)) {
    blame(lexer, "tag-invalid", tag === "" ? "The line begins with a space, or is empty." : tagProblem(tag), {
      offset: 0,
    });
  }
  if (masked) {
    blame(lexer, "command-unknown", "The line was masked because it is no known command.", {
      offset: 0,
      certainty: "likely",
    });
  } else if (name === "" && tag !== "") {
    blame(lexer, "command-missing", named ? "Only spaces follow the tag." : "Nothing follows the tag.");
  }
  const known = isKnownCommand(name);
  const tokens = readTokens(lexer);
  let detail: CommandDetail = { kind: "other" };
  if (known) {
    detail = detailOf(lexer, name, tokens);
    reportMissingSpaces(lexer, tokens);
  } else if (name === "UID") {
    blame(lexer, "argument-missing", "UID lacks the command that it is to modify.");
  } else if (name !== "" && nameIsWhole) {
    blame(lexer, "command-unknown", "No command of this name is known.", { offset: 0 });
  }
  const value: Command = { tag, name, uid: name.startsWith("UID "), arguments: tokens, detail };
  return { value, defects: defectsOf(frame, lexer.defects, whole) };
}

/** What the lexer and the grammar found, and what is wrong with the lines as such. */
function defectsOf(frame: Frame, found: readonly Defect[], whole: boolean): readonly Defect[] {
  const cr = bareCr(frame);
  const all = withDefects(found, lineDefects(frame, cr));
  if (all.length === 0) return NO_DEFECTS;
  const defects = whole ? all : all.filter(({ kind }) => WRONG_IN_PART.has(kind));
  // The lexer knows a CR only as a control character; it is one defect, not two.
  return cr === undefined
    ? defects
    : defects.filter((each) => each.kind !== "argument-invalid" || each.offset !== cr);
}

/** Consumes octets up to the next space. */
function skipToSpace(lexer: Lexer): void {
  while (lexer.at < lexer.limit && lexer.line[lexer.at] !== SP) lexer.at++;
}

/** The name in upper case, with the second word of a UID command. */
function takeName(lexer: Lexer): string {
  let start = lexer.at;
  skipToSpace(lexer);
  const name = readCommandName(lexer.line, start, lexer.at);
  if (name !== "UID") return name;
  skipSpaces(lexer);
  start = lexer.at;
  skipToSpace(lexer);
  return start === lexer.at ? name : readUidName(lexer.line, start, lexer.at);
}

function tagProblem(tag: string): string {
  if (tag.includes("+")) return "The tag holds `+`, which stands for a continuation request.";
  return "The tag holds a character that no tag may hold.";
}

function detailOf(lexer: Lexer, name: string, tokens: readonly Token[]): CommandDetail {
  const args: Arguments = {
    name,
    tokens,
    at: 0,
    lacking: false,
    blame: (kind, detail, place) => blame(lexer, kind, detail, place),
  };
  const detail = parseArguments(args);
  refuseRest(args);
  return detail;
}

/** Two values side by side; what stands right behind a literal the lexer has reported already. */
function reportMissingSpaces(lexer: Lexer, tokens: readonly Token[]): void {
  const lists: (readonly Token[])[] = [tokens];
  for (let list = lists.pop(); list !== undefined; list = lists.pop()) {
    let before: Token | undefined;
    for (const token of list) {
      if (before !== undefined && before.kind !== "literal" && before.end === token.start) {
        blame(lexer, "argument-invalid", "A space is missing between two arguments.", {
          offset: token.start,
        });
        return;
      }
      if (token.kind === "list") lists.push(token.items);
      before = token;
    }
  }
}

/** What is wrong with the lines as such; `cr` is where a CR stands in one of them. */
function lineDefects(frame: Frame, cr: number | undefined): Defect[] {
  const found: Defect[] = [];
  let octets = frame.droppedOctets;
  for (const line of frame.lines) octets += line.length;
  if (octets > LINE_OCTETS) {
    found.push(defect("command-line-too-long", `The command line has ${octets} octets.`));
  }
  if (cr !== undefined) {
    found.push(defect("client-bare-cr", "A CR stands in the middle of a line.", { offset: cr }));
  }
  const nul = nulInLiteral(frame);
  if (nul !== undefined) {
    found.push(defect("client-nul", "A NUL stands in a literal that is no literal8.", { offset: nul }));
  }
  return found;
}

/** The offset of the first CR within the text of a line. */
function bareCr(frame: Frame): number | undefined {
  let base = 0;
  for (const [index, line] of frame.lines.entries()) {
    const at = line.indexOf(CR);
    if (at !== -1) return base + at;
    base += line.length + 2 + (frame.literals[index]?.octets ?? 0);
  }
  return undefined;
}

/** The offset of the first NUL within a literal that is no literal8, as far as its octets are kept (RFC 9051 §4.3.1). */
function nulInLiteral(frame: Frame): number | undefined {
  let base = 0;
  for (const [index, { head, literal8, octets }] of frame.literals.entries()) {
    base += (frame.lines[index]?.length ?? 0) + 2;
    const at = literal8 ? -1 : head.indexOf(NUL);
    if (at !== -1) return base + at;
    base += octets;
  }
  return undefined;
}
