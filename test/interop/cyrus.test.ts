/** Clients against Cyrus, which answers many commands in other words, another order and other literals. */
import { curl } from "./clients/curl.ts";
import { getmail } from "./clients/getmail.ts";
import { imapflow, imapflowPlainStream } from "./clients/imapflow.ts";
import { mbsync } from "./clients/mbsync.ts";
import { mutt } from "./clients/mutt.ts";
import { nodeImap } from "./clients/node-imap.ts";
import { perl, perlCompressed } from "./clients/perl.ts";
import { python } from "./clients/python.ts";
import { cyrus } from "./servers/cyrus.ts";
import { interopSuite, ROUTES } from "./suite.ts";

interopSuite(cyrus, [
  [curl, [ROUTES.mixed, ROUTES.startTlsBehind]],
  [getmail, [ROUTES.tls]],
  [imapflow, [ROUTES.tls, ROUTES.startTls]],
  [imapflowPlainStream, [ROUTES.mixed]],
  [mbsync, [ROUTES.tls]],
  [mutt, [ROUTES.tls, ROUTES.startTlsBefore]],
  [nodeImap, [ROUTES.tls]],
  [perl, [ROUTES.mixed]],
  [perlCompressed, [ROUTES.startTls]],
  [python, [ROUTES.tls, ROUTES.plain, ROUTES.startTls]],
]);
