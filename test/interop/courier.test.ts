/** Clients against Courier: no LITERAL+, COMPRESS or MOVE, mailboxes below INBOX, an IDLE that polls. */
import { curl } from "./clients/curl.ts";
import { getmail } from "./clients/getmail.ts";
import { imapflow, imapflowPlainStream } from "./clients/imapflow.ts";
import { mbsync } from "./clients/mbsync.ts";
import { mutt } from "./clients/mutt.ts";
import { nodeImap } from "./clients/node-imap.ts";
import { perl } from "./clients/perl.ts";
import { python } from "./clients/python.ts";
import { courier } from "./servers/courier.ts";
import { interopSuite, ROUTES } from "./suite.ts";

/** No UIDNEXT in SELECT, a QUOTA without resources; and its names after ENABLE UTF8=ACCEPT have a bare `&`. */
const DEFECTS = ["select-data-missing", "response-data-missing"];

interopSuite(
  courier,
  [
    [curl, [ROUTES.mixed]],
    [getmail, [ROUTES.tls]],
    [imapflow, [ROUTES.tls, ROUTES.startTls]],
    [imapflowPlainStream, [ROUTES.mixed]],
    [mbsync, [ROUTES.tls, ROUTES.startTls]],
    [mutt, [ROUTES.tls]],
    [nodeImap, [ROUTES.tls]],
    [perl, [ROUTES.mixed]],
    [python, [ROUTES.tls, ROUTES.plain, ROUTES.startTls, ROUTES.startTlsBefore, ROUTES.startTlsBehind]],
  ],
  DEFECTS,
);
