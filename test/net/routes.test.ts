import assert from "node:assert/strict";
import { test } from "node:test";
import { formatEndpoint, formatHostPort, parseHostPort, parseUpstream } from "../../src/net/endpoint.ts";
import { createRoutes, noUpstream, parsePattern, parseRoute, type Way } from "../../src/net/routes.ts";

/** `imaps://host:993`, with ` at host:port` where that is dialled instead. */
function words(way: Way): string {
  if (way.kind === "refuse") return `refuse ${way.name ?? "-"}`;
  if (way.kind === "passThrough") return `pass ${formatHostPort(way.to.host, way.to.port)}`;
  const at = way.connect === undefined ? "" : ` at ${formatHostPort(way.connect.host, way.connect.port)}`;
  return formatEndpoint(way.upstream) + at;
}

function routesOf(options: {
  upstream?: string;
  connect?: string;
  routes?: string[];
  passThrough?: string[];
}) {
  return createRoutes({
    upstream: options.upstream === undefined ? undefined : parseUpstream(options.upstream),
    connect: options.connect === undefined ? undefined : parseHostPort(options.connect, 993),
    routes: (options.routes ?? []).map(parseRoute),
    passThrough: (options.passThrough ?? []).map(parsePattern),
  });
}

const FULL = routesOf({
  upstream: "imaps://main.example:1993",
  connect: "192.0.2.1:2993",
  routes: [
    "*=imaps://rest.example",
    "*.example.org=imap://below.example",
    "a.example.org",
    "*.b.example.org",
    "odd.example:4993",
    "both.example.org=imap://192.0.2.9:1143",
  ],
  passThrough: ["pinned.example", "*.pinned.example.org", "main.example:587"],
});

test("a name leads to the nearest route", () => {
  for (const [name, way] of [
    ["a.example.org", "imaps://a.example.org:993"],
    ["x.a.example.org", "imap://below.example:143"],
    ["example.org", "imaps://rest.example:993"],
    ["x.b.example.org", "imaps://x.b.example.org:993"],
    ["both.example.org", "imap://both.example.org:1143 at 192.0.2.9:1143"],
    ["odd.example", "imaps://odd.example:4993"],
    ["main.example", "imaps://main.example:1993 at 192.0.2.1:2993"],
    ["other.example", "imaps://rest.example:993"],
    [undefined, "imaps://main.example:1993 at 192.0.2.1:2993"],
    ["pinned.example", "pass rest.example:993"],
    ["x.pinned.example.org", "pass below.example:143"],
  ] as const) {
    assert.equal(words(FULL.byName(name)), way, name);
  }
});

test("without a route, a client goes to the upstream, or nowhere", () => {
  const few = routesOf({ upstream: "main.example", passThrough: ["pinned.example", "main.example"] });
  assert.equal(words(few.byName("other.example")), "imaps://main.example:993");
  assert.equal(words(few.byName("pinned.example")), "pass pinned.example:993");
  assert.equal(words(few.byName("main.example")), "pass main.example:993");
  const none = routesOf({ routes: ["a.example"] });
  assert.equal(words(none.byName("a.example")), "imaps://a.example:993");
  assert.equal(words(none.byName("b.example")), "refuse b.example");
  assert.equal(words(none.byName(undefined)), "refuse -");
  const any = routesOf({ routes: ["*"] });
  assert.equal(words(any.byName("b.example")), "imaps://b.example:993");
});

test("nothing is asked where there is one upstream", () => {
  assert.equal(routesOf({ upstream: "a.example" }).dependOnName, false);
  assert.equal(routesOf({ upstream: "a.example", routes: ["b.example"] }).dependOnName, true);
  assert.equal(routesOf({ upstream: "a.example", passThrough: ["b.example"] }).dependOnName, true);
  assert.equal(routesOf({}).dependOnName, true);
});

test("a destination is its own upstream, if its port is IMAP's", () => {
  for (const [destination, way] of [
    ["mail.example:993", "imaps://mail.example:993"],
    ["mail.example:143", "imap://mail.example:143"],
    ["mail.example:587", "pass mail.example:587"],
    ["[2001:db8::1]:993", "imaps://[2001:db8::1]:993"],
  ] as const) {
    assert.equal(words(routesOf({}).byDestination(parseHostPort(destination, 0))), way);
  }
});

test("a route takes a destination's IMAP only, unless it names the port", () => {
  for (const [destination, way] of [
    ["both.example.org:993", "imap://both.example.org:1143 at 192.0.2.9:1143"],
    ["both.example.org:143", "imap://both.example.org:1143 at 192.0.2.9:1143"],
    ["both.example.org:1143", "imap://both.example.org:1143 at 192.0.2.9:1143"],
    ["both.example.org:587", "pass both.example.org:587"],
    ["odd.example:4993", "imaps://odd.example:4993"],
    ["odd.example:993", "imaps://rest.example:993"],
    ["a.example.org:143", "imap://a.example.org:143"],
    ["main.example:1993", "imaps://main.example:1993 at 192.0.2.1:2993"],
    ["pinned.example:993", "pass pinned.example:993"],
    ["main.example:587", "pass main.example:587"],
    ["192.0.2.7:993", "imaps://rest.example:993"],
  ] as const) {
    assert.equal(words(FULL.byDestination(parseHostPort(destination, 0))), way, destination);
  }
});

test("of the same name, the port decides, and what users say of the upstream's name goes before it", () => {
  const routes = routesOf({
    upstream: "main.example",
    routes: [
      "main.example=imaps://a.example",
      "main.example:143=imap://b.example",
      "odd.example:993=imaps://c.example",
    ],
  });
  assert.equal(words(routes.byName("main.example")), "imaps://a.example:993");
  assert.equal(words(routes.byName("odd.example")), "imaps://c.example:993");
  assert.equal(words(routes.byDestination({ host: "main.example", port: 993 })), "imaps://a.example:993");
  assert.equal(words(routes.byDestination({ host: "main.example", port: 143 })), "imap://b.example:143");
  const plain = routesOf({ upstream: "main.example:1993", routes: ["main.example:143=imap://b.example"] });
  assert.equal(words(plain.byName("main.example")), "imaps://main.example:1993");
});

test("an address that is dialled for a name is verified by that name", () => {
  const routes = routesOf({ passThrough: ["pinned.example"] });
  const way = routes.byDestination({ host: "192.0.2.7", port: 993 });
  assert.ok(way.kind === "intercept" && routes.isMereAddress(way));
  assert.equal(words(routes.named(way, "a.example")), "imaps://a.example:993 at 192.0.2.7:993");
  assert.equal(words(routes.named(way, "pinned.example")), "pass 192.0.2.7:993");
  assert.equal(words(routes.named(way, undefined)), "imaps://192.0.2.7:993");
  const byRoute = FULL.byName("main.example");
  assert.ok(byRoute.kind === "intercept" && !routes.isMereAddress(byRoute));
  assert.equal(routes.named(byRoute, "a.example"), byRoute);
});

test("what is no name or no upstream is refused when it is read", () => {
  for (const text of [
    "",
    "=imaps://a",
    "a b",
    "*a.example",
    "a.*.example",
    "**",
    "*.192.0.2.1",
    "a:0",
    "a:70000",
    "a/b",
  ]) {
    assert.throws(() => parseRoute(text), { code: "ERR_ROUTE_INVALID" }, text);
  }
  for (const text of ["a=", "a=http://b", "a=imaps://b:0", "a=socks5://b"]) {
    assert.throws(() => parseRoute(text), { code: "ERR_ENDPOINT_INVALID" }, text);
  }
  assert.deepEqual(parsePattern("IMAP.Bücher.Example"), {
    host: "imap.xn--bcher-kva.example",
    port: undefined,
  });
  assert.deepEqual(parsePattern("*:465"), { host: "*", port: 465 });
  assert.deepEqual(parsePattern("192.0.2.1:993"), { host: "192.0.2.1", port: 993 });
});

test("a refusal says what was asked for, and what to pass", () => {
  assert.match(noUpstream({ kind: "refuse", name: "a.example" }).hint, /--upstream a\.example,/);
  assert.match(noUpstream({ kind: "refuse", name: "a.example" }).sentence, /no upstream for a\.example$/);
  assert.match(noUpstream({ kind: "refuse", name: undefined }).sentence, /no server by name/);
});
