/** Every client against Dovecot, by every route. */
import { everyClient } from "./clients/every.ts";
import { dovecot } from "./servers/dovecot.ts";
import { interopSuite, ROUTES } from "./suite.ts";

interopSuite(
  dovecot,
  everyClient.map((client) => [client, [ROUTES.tls, ROUTES.mixed, ROUTES.plain]] as const),
);
