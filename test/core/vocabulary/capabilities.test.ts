import assert from "node:assert/strict";
import { test } from "node:test";
import { CAPABILITIES } from "../../../src/core/vocabulary/capabilities.ts";
import { capabilityEntry } from "../../../src/core/vocabulary/vocabulary.ts";

/** What servers in the wild advertise. */
const ADVERTISED =
  `IMAP4rev1 IMAP4rev2 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ LITERAL- STARTTLS LOGINDISABLED SORT
  SORT=DISPLAY ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS LIST-EXTENDED SPECIAL-USE CREATE-SPECIAL-USE BINARY
  MOVE REPLACE NOTIFY METADATA METADATA-SERVER SAVEDATE SEARCH=FUZZY PREVIEW STATUS=SIZE CONDSTORE QRESYNC UIDPLUS UNSELECT
  CHILDREN NAMESPACE MULTIAPPEND CATENATE URLAUTH URL-PARTIAL ACL QUOTA QUOTASET OBJECTID APPENDLIMIT UNAUTHENTICATE
  MAILBOX-REFERRALS LIST-MYRIGHTS LIST-METADATA UTF8=ACCEPT UTF8=ONLY MULTISEARCH FILTERS CONVERT LANGUAGE PARTIAL UIDONLY
  INPROGRESS JMAPACCESS X-GM-EXT-1 XLIST XAPPLEPUSHSERVICE XYMHIGHESTMODSEQ X-MSG-EXT`.split(/\s+/);

test("what servers advertise has a row", () => {
  assert.deepEqual(
    ADVERTISED.filter((name) => capabilityEntry(name) === undefined),
    [],
  );
});

test("only vendors' capabilities, drafts and withdrawn ones have no RFC", () => {
  assert.deepEqual(
    CAPABILITIES.filter(({ name, rfc }) => rfc === undefined && !name.startsWith("X")).map(
      ({ name }) => name,
    ),
    ["UTF8=", "ANNOTATEMORE", "PROXYAUTH"],
  );
});
