/** As much of JSON Schema as docs/json.schema.json and docs/capture.schema.json use. A keyword that is not known here is an error in the test. */
import assert from "node:assert/strict";

type Schema = Readonly<Record<string, unknown>>;

const IGNORED = new Set(["$schema", "$defs", "title", "description"]);

/** Everything that is wrong with a value, each with the path to it; none where it is valid. */
export function validate(root: Schema, value: unknown): string[] {
  return check(root, root, value, "$");
}

function check(root: Schema, schema: Schema, value: unknown, path: string): string[] {
  return Object.entries(schema)
    .filter(([keyword]) => !IGNORED.has(keyword))
    .flatMap(([keyword, rule]) => checkKeyword(root, schema, keyword, rule, value, path));
}

function checkKeyword(
  root: Schema,
  schema: Schema,
  keyword: string,
  rule: unknown,
  value: unknown,
  path: string,
): string[] {
  const fail = (when: boolean, message: string): string[] => (when ? [`${path}: ${message}`] : []);
  switch (keyword) {
    case "$ref":
      return check(root, resolve(root, String(rule)), value, path);
    case "const":
      return fail(value !== rule, `is not ${String(rule)}`);
    case "enum":
      return fail(!(rule as unknown[]).includes(value), `${String(value)} is none of ${String(rule)}`);
    case "type":
      return fail(!isOfType(value, String(rule)), `is not of type ${String(rule)}`);
    case "minimum":
      return fail(typeof value === "number" && value < Number(rule), `is below ${String(rule)}`);
    case "minItems":
      return fail(
        Array.isArray(value) && value.length < Number(rule),
        `has fewer than ${String(rule)} items`,
      );
    case "maxItems":
      return fail(Array.isArray(value) && value.length > Number(rule), `has more than ${String(rule)} items`);
    case "not":
      return fail(check(root, rule as Schema, value, path).length === 0, "fits what it must not");
    case "pattern":
      return fail(
        typeof value === "string" && !new RegExp(String(rule)).test(value),
        `does not fit ${String(rule)}`,
      );
    case "required":
      return (rule as string[]).flatMap((name) => fail(!(name in Object(value)), `lacks ${name}`));
    case "items":
      return Array.isArray(value)
        ? value.flatMap((item, i) => check(root, rule as Schema, item, `${path}[${i}]`))
        : [];
    case "properties":
      return Object.entries(rule as Record<string, Schema>).flatMap(([name, inner]) =>
        name in Object(value) ? check(root, inner, (value as Schema)[name], `${path}.${name}`) : [],
      );
    case "additionalProperties": {
      const known = Object.keys((schema["properties"] ?? {}) as object);
      const others = Object.keys(Object(value)).filter((name) => !known.includes(name));
      if (rule === false) return others.flatMap((name) => fail(true, `has the unknown member ${name}`));
      return others.flatMap((name) =>
        check(root, rule as Schema, (value as Schema)[name], `${path}.${name}`),
      );
    }
    case "oneOf": {
      const results = (rule as Schema[]).map((one) => check(root, one, value, path));
      const valid = results.filter((errors) => errors.length === 0).length;
      const fewest = results.sort((a, b) => a.length - b.length)[0] ?? [];
      return valid === 1 ? [] : [`${path}: fits ${valid} of ${results.length} forms`, ...fewest];
    }
    default:
      return assert.fail(`The schema uses ${keyword}, which this validator does not know.`);
  }
}

function resolve(root: Schema, reference: string): Schema {
  const found = (root["$defs"] as Record<string, Schema>)[reference.replace("#/$defs/", "")];
  return found ?? assert.fail(`${reference} leads nowhere`);
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}
