import assert from "node:assert/strict";
import { test } from "node:test";
import { ON_COMMAND, ON_COMPLETION, ON_RESPONSE } from "../../../src/core/connection/rules.ts";
import { play, SELECTED_PRELUDE } from "../../playbook.ts";

test("each rule stands in its list once", () => {
  const lists: readonly (readonly unknown[])[] = [ON_COMMAND, ON_RESPONSE, ON_COMPLETION];
  for (const rules of lists) assert.equal(new Set(rules).size, rules.length);
});

test("a sound dialogue has no defects: false alarms are worse than misses", () => {
  const day = `${SELECTED_PRELUDE}
    C: a FETCH 1:5 (UID FLAGS)
    S: * 1 FETCH (UID 11 FLAGS ())
    S: * 2 FETCH (UID 12 FLAGS (\\Deleted))
    S: * 3 FETCH (UID 13 FLAGS ())
    S: * 4 FETCH (UID 14 FLAGS ())
    S: * 5 FETCH (UID 15 FLAGS ())
    S: a OK done
    C: b UID STORE 13 +FLAGS.SILENT (\\Seen)
    S: b OK done
    C: c UID EXPUNGE 12
    S: * 2 EXPUNGE
    S: c OK done
    C: d UID SEARCH RETURN (ALL) UNSEEN
    S: * ESEARCH (TAG "d") UID ALL 11,14:15
    S: d OK done
    C: e UID MOVE 11 Archive
    S: * OK [COPYUID 99 11 1] moved
    S: * 1 EXPUNGE
    S: e OK done
    C: f IDLE
    S: + idling
    S: * 4 EXISTS
    S: * 1 FETCH (FLAGS (\\Seen))
    C: DONE
    S: f OK done
    C: g LIST "" * RETURN (STATUS (MESSAGES))
    S: * LIST (\\HasNoChildren) "/" INBOX
    S: * STATUS INBOX (MESSAGES 4)
    S: g OK done
    C: h APPEND Archive (\\Seen) {5+}
    C: hello
    S: h OK [APPENDUID 99 2] done
    C: i LOGOUT
    S: * BYE see you
    S: i OK done
    -- close server`;
  assert.deepEqual(play(day).defects, []);
});
