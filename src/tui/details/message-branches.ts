/** ENVELOPE and BODYSTRUCTURE as trees: who wrote to whom about what, and which parts a message has, by their numbers. */
import type { Address, BodyStructure, Envelope, SinglePartBody } from "../../core/imap/message-data.ts";
import { groupDigits } from "../../core/text/octets.ts";
import { type Branch, content, leaf } from "./branch.ts";
import { hiddenType } from "./hide.ts";
import type { DetailOptions } from "./material.ts";

type Decode = DetailOptions["decodeWords"];

export function envelopeBranches(envelope: Envelope, decode: Decode): readonly Branch[] {
  const texts: readonly (readonly [label: string, text: string | null])[] = [
    ["subject", envelope.subject],
    ["date", envelope.date],
    ["message-id", envelope.messageId],
    ["in-reply-to", envelope.inReplyTo],
  ];
  const people: readonly (readonly [label: string, addresses: readonly Address[]])[] = [
    ["from", envelope.from],
    ["sender", envelope.sender],
    ["reply-to", envelope.replyTo],
    ["to", envelope.to],
    ["cc", envelope.cc],
    ["bcc", envelope.bcc],
  ];
  const [subject, date, ...ids] = texts.map(([label, text]) =>
    text === null ? leaf(label, "NIL", { style: "faint" }) : content(label, decode(text)),
  );
  return [subject, date, ...people.map(([label, all]) => peopleBranch(label, all, decode)), ...ids].filter(
    (branch) => branch !== undefined,
  );
}

function peopleBranch(label: string, addresses: readonly Address[], decode: Decode): Branch {
  if (addresses.length === 0) return leaf(label, "NIL", { style: "faint" });
  const [first] = addresses;
  if (addresses.length === 1 && first !== undefined) return content(label, addressText(first, decode));
  return {
    label,
    text: `${groupDigits(addresses.length)} addresses`,
    style: "faint",
    children: () => addresses.map((address) => content("·", addressText(address, decode))),
  };
}

/** `Anna <anna@example.org>`; a group stands as `friends:` before and `;` behind its members. */
export function addressText({ name, mailbox, host }: Address, decode: Decode): string {
  if (host === null) return mailbox === null ? ";" : `${mailbox}:`;
  const at = `${mailbox ?? ""}@${host}`;
  return name === null || name === "" ? at : `${decode(name)} <${at}>`;
}

/** A part with what is in it; `number` is the one by which FETCH names it (RFC 9051 §6.4.5). */
export function structureBranch(structure: BodyStructure, number: string, options: DetailOptions): Branch {
  const { hidden } = options;
  const type = hidden ? hiddenType(structure.type) : structure.type;
  const label = number === "" ? type : `${number} ${type}`;
  if (structure.kind === "multipart") {
    const { parts } = structure;
    return {
      label,
      text: `${groupDigits(parts.length)} parts`,
      style: "faint",
      opened: true,
      children: () => [
        ...parts.map((part, place) => structureBranch(part, below(number, place + 1), options)),
        ...fieldBranches(structure),
      ],
    };
  }
  return {
    label,
    text: partText(structure, hidden),
    style: "faint",
    children: () => partBranches(structure, number, options),
  };
}

function below(number: string, place: number): string {
  return number === "" ? String(place) : `${number}.${place}`;
}

/** What one wants to know of a part before one opens it. */
function partText(part: SinglePartBody, hidden: boolean): string {
  const name = part.disposition?.parameters.get("filename") ?? part.parameters.get("name");
  const words = [
    part.parameters.get("charset"),
    part.encoding,
    `${groupDigits(part.octets)} octets`,
    part.lines === undefined ? undefined : `${groupDigits(part.lines)} lines`,
    hidden ? undefined : part.disposition?.type,
    hidden || name === undefined ? undefined : `"${name}"`,
  ];
  return (hidden ? words.slice(2) : words).filter((word) => word !== undefined).join(", ");
}

function partBranches(part: SinglePartBody, number: string, options: DetailOptions): readonly Branch[] {
  const { message } = part;
  const texts: readonly (readonly [label: string, text: string | null])[] = [
    ["id", part.id],
    ["description", part.description],
    ["md5", part.md5],
  ];
  const inside: readonly Branch[] =
    message === undefined
      ? []
      : [
          { label: "envelope", children: () => envelopeBranches(message.envelope, options.decodeWords) },
          structureBranch(
            message.body,
            message.body.kind === "multipart" ? number : below(number, 1),
            options,
          ),
        ];
  return [
    content("encoding", part.encoding),
    leaf("octets", groupDigits(part.octets)),
    ...(part.lines === undefined ? [] : [leaf("lines", groupDigits(part.lines))]),
    ...texts.flatMap(([label, text]) => (text === null ? [] : [content(label, options.decodeWords(text))])),
    ...fieldBranches(part),
    ...inside,
  ];
}

function fieldBranches({ parameters, disposition, language, location }: BodyStructure): readonly Branch[] {
  return [
    ...[...parameters].map(([name, value]) => parameter(name, value)),
    ...(disposition === null
      ? []
      : [
          content("disposition", disposition.type),
          ...[...disposition.parameters].map(([name, value]) => parameter(`disposition ${name}`, value)),
        ]),
    ...(language.length === 0 ? [] : [content("language", language.slice(0, 20).join(", "))]),
    ...(location === null ? [] : [content("location", location)]),
  ];
}

/** A parameter may have any name that its sender likes. */
function parameter(name: string, value: string): Branch {
  return { label: name, text: value, content: true, contentLabel: true };
}
