/** Keys as tests write them: `C-a left "some text" enter`. */
import type { KeyInput } from "../../src/tui/terminal-types.ts";

/** Names side by side; what stands in quotes is typed character by character. */
export function keys(written: string): readonly KeyInput[] {
  return [...written.matchAll(/"([^"]*)"|(\S+)/g)].flatMap(([, typed, name]) =>
    name !== undefined ? [key(name)] : [...(typed ?? "")].map(character),
  );
}

export function key(name: string): KeyInput {
  const text = [...name].length === 1 ? name : undefined;
  return { kind: "key", name, text };
}

function character(text: string): KeyInput {
  return text === " " ? { kind: "key", name: "space", text } : key(text);
}
