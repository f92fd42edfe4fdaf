/** The structure: the command and everything that answered it, as the grammar reads them. Runs of equal responses are one fold. */
import type { Defect } from "../../core/imap/defect.ts";
import type { Response } from "../../core/imap/response.ts";
import type { ResponseObservation } from "../../core/observation.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { formatResponse } from "../../core/text/response.ts";
import { attributionBranches, defectBranches, responseMark } from "./attribution.ts";
import { writeBranch } from "./branch.ts";
import { commandBranches } from "./command-branches.ts";
import { completedTag } from "./framed-rows.ts";
import { hiddenResponse } from "./hide.ts";
import type { DetailOptions, ExchangeMaterial, Material } from "./material.ts";
import { responseBranches } from "./response-branches.ts";
import { type Run, runsOf } from "./runs.ts";
import { responseName, subjectsOf } from "./subjects.ts";
import { rangeLabel, type Writer } from "./writer.ts";

/** Neighbours of one name that stand in one fold. */
const RUN = 3;
const SUMMARY_COLUMNS = 200;

export function writeStructure(writer: Writer, material: Material): void {
  const { options } = writer;
  if (material.kind === "exchange") {
    const { exchange } = material;
    writeBranch(writer, "command", {
      label: "command",
      text: options.hidden ? "" : exchange.commandName,
      style: "client",
      opened: true,
      about: [{ topic: "command", name: exchange.commandName }],
      children: () => [
        ...commandBranches(exchange.command, options.hidden),
        ...defectBranches(commandDefects(material), options.hidden),
      ],
    });
  }
  const { framed, runs } = partsOf(material);
  if (material.kind === "event" && framed.length === 0) {
    writer.line([{ text: "there is nothing in it to take apart", style: "faint" }]);
  }
  writer.ends("structure", runs.length, rangeLabel("units"), (inner, place) => {
    const { first, count } = runs[place] ?? { first: 0, count: 0 };
    const one = framed[first];
    if (one === undefined) return;
    if (count === 1) writeUnit(inner, one, first, runs.length <= 2);
    else writeRun(inner, framed, first, count);
  });
}

function commandDefects({ dialogue }: ExchangeMaterial): readonly Defect[] {
  return dialogue.flatMap((entry) =>
    entry.kind === "request" && entry.role === "command" ? entry.defects : [],
  );
}

interface Parts {
  readonly framed: readonly ResponseObservation[];
  readonly runs: readonly Run[];
}

/** Of each dialogue once: a long one is looked at for every fold that is opened. */
const PARTS = new WeakMap<object, Parts>();

function partsOf(material: Material): Parts {
  const key = material.kind === "event" ? material : material.dialogue;
  const known = PARTS.get(key);
  if (known !== undefined) return known;
  const framed = framedOf(material);
  const parts = { framed, runs: runsOf(framed, ({ response }) => responseName(response), RUN) };
  PARTS.set(key, parts);
  return parts;
}

function framedOf(material: Material): readonly ResponseObservation[] {
  if (material.kind === "event") {
    const { observation, response } = material;
    const one = response ?? observation;
    return one.kind === "response" ? [one] : [];
  }
  // The command stands on top; of the client's other lines there is nothing to be parsed.
  return material.dialogue.filter((entry) => entry.kind === "response");
}

function writeRun(
  writer: Writer,
  framed: readonly ResponseObservation[],
  first: number,
  count: number,
): void {
  const one = framed[first];
  if (one === undefined) return;
  const name = responseName(one.response);
  writer.fold(
    `unit/${first}+`,
    [
      { text: `${groupDigits(count)} ${name}`, style: "heading" },
      { text: ` ${summary(one, writer.options)} …`, style: "faint" },
    ],
    (inner) =>
      inner.each(`unit/${first}+`, count, rangeLabel(name), (each, place) => {
        const unit = framed[first + place];
        if (unit !== undefined) writeUnit(each, unit, first + place, false);
      }),
    { about: subjectsOf(one) },
  );
}

function writeUnit(writer: Writer, unit: ResponseObservation, place: number, opened: boolean): void {
  const { options } = writer;
  const mark = responseMark(unit);
  writeBranch(writer, `unit/${place}`, {
    label: summary(unit, options),
    ...(mark === undefined ? {} : mark),
    about: subjectsOf(unit),
    opened,
    children: () => [
      ...responseBranches(unit.response, options),
      ...attributionBranches(unit, options.hidden),
    ],
  });
}

function summary(framed: ResponseObservation, { hidden, decodeWords }: DetailOptions): string {
  const { response } = framed;
  const tag = completedTag(framed);
  return (
    (tag === undefined ? "" : `${tag} `) +
    (hidden ? hiddenResponse(response) : formatResponse(decoded(response, decodeWords), SUMMARY_COLUMNS))
  );
}

/** With the subjects of its envelopes as people read them: of names, a line says none. */
function decoded(response: Response, decode: DetailOptions["decodeWords"]): Response {
  if (response.kind !== "data" || response.data.kind !== "fetch") return response;
  const items = response.data.items.map((item) => {
    const { value } = item;
    if (value.kind !== "envelope" || value.envelope.subject === null) return item;
    const envelope = { ...value.envelope, subject: decode(value.envelope.subject) };
    return { ...item, value: { ...value, envelope } };
  });
  return { ...response, data: { ...response.data, items } };
}
