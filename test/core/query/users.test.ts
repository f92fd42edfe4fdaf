import assert from "node:assert/strict";
import { test } from "node:test";
import { createUsers } from "../../../src/core/query/users.ts";
import { closed, command, completed, push, started } from "../../observations.ts";

const LOGIN = command("LOGIN", [], { kind: "login", user: "alice" });

test("the user of a connection is known from LOGIN until it closes", () => {
  const users = createUsers();
  assert.equal(users.take(push()), undefined);
  assert.equal(users.take(started({ command: LOGIN })), "alice");
  assert.equal(users.take(push()), undefined);
  assert.equal(users.take(completed({ command: LOGIN })), "alice");
  assert.equal(users.take(push()), "alice");
  assert.equal(users.take(closed()), "alice");
  assert.equal(users.take(push()), undefined);
});
