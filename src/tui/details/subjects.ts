/** What can be explained of what was said. */
import type { Subject } from "../../core/text/explain.ts";
import type { DialogueEntry } from "./material.ts";

/** The name by which a response is explained: `FETCH`, `OK`; `+` and what is malformed have none. */
export function responseName(response: {
  readonly kind: string;
  readonly name?: string | undefined;
  readonly status?: string;
}): string {
  return response.name ?? response.status ?? response.kind;
}

/** What can be explained of an entry, the most telling first. */
export function subjectsOf(entry: DialogueEntry): readonly Subject[] {
  switch (entry.kind) {
    case "request":
      return entry.command === undefined
        ? [{ topic: "notion", name: entry.role }]
        : [
            { topic: "command", name: entry.command.name },
            { topic: "notion", name: "tag" },
          ];
    case "response": {
      const { response, attribution, role } = entry;
      const code =
        "code" in response && response.code !== undefined
          ? [{ topic: "code", name: response.code.name } as const]
          : [];
      const named =
        response.kind === "data" || response.kind === "status"
          ? [{ topic: "response", name: responseName(response) } as const]
          : [];
      return [
        ...code,
        ...named,
        { topic: "certainty", name: attribution.certainty },
        { topic: "notion", name: role },
      ];
    }
    case "push":
      return [
        { topic: "response", name: responseName(entry.response) },
        { topic: "notion", name: "push" },
      ];
    case "defect":
      return [
        { topic: "defect", name: entry.defect.kind },
        { topic: "notion", name: "defect" },
      ];
    case "state":
      return [{ topic: "state", name: entry.to }];
    case "notice":
      return [];
  }
}
