import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { placeOf } from "../../../src/core/query/caret.ts";

/** `|` is the caret; the place is written `kind[span]written`. */
const ROWS: readonly (readonly [source: string, place: string | undefined])[] = [
  ["|", "term[]"],
  ["wa|", "term[wa]wa"],
  ["wa|it", "term[wait]wa"],
  ["wa|it>500ms", "term[wait>]wa"],
  ["cm|:fetch", "term[cm:]cm"],
  ["a* wa|", "term[wa]wa afterTerm"],
  ["push |", "term[] afterTerm"],
  ["push or |", "term[]"],
  ["push NOT |", "term[]"],
  ['"or" |', "term[] afterTerm"],
  ["(push |", "term[] afterTerm open1"],
  ["((|", "term[] open2"],
  ["(a) |", "term[] afterTerm"],
  ["(a |)", "term[] afterTerm open1"],
  ["cmd:|", "value[] cmd"],
  ["cmd:fe|", "value[fe]fe cmd"],
  ["cmd:fe|tch push", "value[fetch]fe cmd"],
  ["Cmd=fe|", "value[fe]fe Cmd"],
  ["wait>=5|", "value[5]5 wait"],
  ["push cmd:|", "value[] cmd"],
  ['cmd:"|', 'value["] cmd quoted'],
  ['cmd:"uid f|', 'value["uid f]uid f cmd quoted'],
  ['cmd:"uid f|etch" push', 'value["uid fetch"]uid f cmd quoted'],
  ['cmd:"uid f|" push', 'value["uid f"]uid f cmd quoted'],
  ['cmd:"uid f| text:"foo"', 'value["uid f]uid f cmd quoted'],
  ['mailbox:"a\\"b|', 'value["a\\"b]a"b mailbox quoted'],
  ["mailbox:a\\*b|", "value[a\\*b]a*b mailbox"],
  ['cmd:"uid fetch"|', undefined],
  ['"foo b|', undefined],
  ['mailbox:"a\\|', undefined],
  ["|push", undefined],
  ["push | tls", "term[] afterTerm"],
];

for (const [marked, expected] of ROWS) {
  test(`place of the caret in ${marked}`, () => {
    const caret = marked.indexOf("|");
    const source = marked.replace("|", "");
    const place = placeOf(source, caret);
    if (place === undefined) return assert.equal(place, expected);
    const notes =
      place.kind === "value"
        ? [place.field, place.quoted ? "quoted" : ""]
        : [place.afterTerm ? "afterTerm" : "", place.open > 0 ? `open${place.open}` : ""];
    const shown = `${place.kind}[${source.slice(place.from, place.to)}]${place.written}`;
    assert.equal([shown, ...notes.filter((note) => note !== "")].join(" "), expected);
  });
}

test("law: the caret lies within the span, whatever the text", () => {
  const unit = fc.constantFrom("a", "or", "(", ")", '"', "\\", "cmd:", "wait>", "*", " ", "=");
  fc.assert(
    fc.property(fc.array(unit), fc.nat(), (units, n) => {
      const source = units.join("");
      const caret = n % (source.length + 1);
      const place = placeOf(source, caret);
      if (place === undefined) return;
      assert.ok(place.from <= caret && caret <= place.to && place.to <= source.length);
    }),
  );
});
