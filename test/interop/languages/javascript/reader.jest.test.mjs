import { expect, test } from "@jest/globals";
import { withReplay } from "imapscope/testing";
import { readNew } from "./reader.mjs";

test("new letters are read, and marked so", async () => {
  const subjects = await withReplay(new URL("inbox.imapcap", import.meta.url), ({ port, ca }) =>
    readNew({ host: "localhost", port, ca, user: "alice", password: "any" }),
  );
  expect(subjects).toEqual(["Lunch on Thursday?", "Release notes for 2.4"]);
});
