/** Every client against Dovecot: by every route without STARTTLS, and those that have STARTTLS by the routes with it. */
import type { Client } from "./clients/client.ts";
import { everyClient } from "./clients/every.ts";
import { dovecot } from "./servers/dovecot.ts";
import { interopSuite, ROUTES, type Route } from "./suite.ts";

/** By name; getmail has no STARTTLS, and offlineimap none that a server of today takes. */
const WITH_STARTTLS: Readonly<Record<string, readonly Route[]>> = {
  curl: [ROUTES.startTls, ROUTES.startTlsBehind],
  mbsync: [ROUTES.startTls, ROUTES.startTlsBefore],
  fetchmail: [ROUTES.startTls, ROUTES.startTlsBehind],
  imapfilter: [ROUTES.startTls, ROUTES.startTlsBehind],
  mutt: [ROUTES.startTls, ROUTES.startTlsBefore],
  neomutt: [ROUTES.startTls, ROUTES.startTlsBehind],
  python: [ROUTES.startTls, ROUTES.startTlsBefore, ROUTES.startTlsBehind],
  perl: [ROUTES.startTls],
  "perl-compressed": [ROUTES.startTlsBefore, ROUTES.startTlsBehind],
  imapflow: [ROUTES.startTls, ROUTES.startTlsBefore, ROUTES.startTlsBehind],
  "imapflow-uncompressed": [],
  "node-imap": [ROUTES.startTls, ROUTES.startTlsBehind],
  offlineimap: [ROUTES.startTlsBefore],
  getmail: [ROUTES.startTlsBefore],
};

const routesOf = ({ name }: Client): readonly Route[] => [
  ...[ROUTES.tls, ROUTES.mixed, ROUTES.plain],
  ...(WITH_STARTTLS[name] ?? []),
];

interopSuite(
  dovecot,
  everyClient.map((client) => [client, routesOf(client)] as const),
);
