import assert from "node:assert/strict";
import { test } from "node:test";
import { createUsers } from "../../../src/core/query/users.ts";
import { closed, command, completed, push, started } from "../../observations.ts";

const LOGIN = command("LOGIN", [], { kind: "login", user: "alice" });

test("only an accepted LOGIN makes a user, until one whose name is hidden is accepted", () => {
  const users = createUsers();
  const other = command("LOGIN", [], { kind: "login", user: "mallory" });
  users.take(completed({ command: other, status: "NO" }));
  assert.equal(users.of(1), undefined);
  users.take(completed({ command: LOGIN }));
  users.take(completed({ command: other, status: "NO" }));
  assert.equal(users.of(1), "alice");
  for (const name of ["AUTHENTICATE", "UNAUTHENTICATE"]) {
    users.take(completed({ command: LOGIN }));
    users.take(completed({ commandName: name, status: "NO" }));
    assert.equal(users.of(1), "alice");
    users.take(completed({ commandName: name }));
    assert.equal(users.of(1), undefined);
    assert.equal(users.take(push()), undefined);
  }
});

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
