/** Commands on the connection itself: capabilities, authentication, TLS, compression, identity, language. */
import { ANY_STATE, AUTHENTICATED, command, NOT_AUTHENTICATED } from "./command-row.ts";
import type { CommandEntry } from "./entry.ts";

export const CONNECTION_COMMANDS: readonly CommandEntry[] = [
  command("CAPABILITY", "RFC 9051 §6.1.1", ANY_STATE, "Asks which extensions the server supports.", {
    solicits: ["CAPABILITY"],
  }),
  command(
    "NOOP",
    "RFC 9051 §6.1.2",
    ANY_STATE,
    "Does nothing, but lets the server send news and resets its timer.",
  ),
  command(
    "LOGOUT",
    "RFC 9051 §6.1.3",
    ANY_STATE,
    "Says goodbye; the server answers BYE and closes the connection.",
    {
      solicits: ["BYE"],
    },
  ),
  command(
    "STARTTLS",
    "RFC 9051 §6.2.1",
    NOT_AUTHENTICATED,
    "Asks to continue under TLS on the same connection.",
    {
      capabilities: ["STARTTLS"],
    },
  ),
  command(
    "AUTHENTICATE",
    "RFC 9051 §6.2.2",
    NOT_AUTHENTICATED,
    "Logs in by a SASL mechanism, in one or more steps.",
    {
      solicits: ["CAPABILITY"],
      codes: [
        "CAPABILITY",
        "REFERRAL",
        "AUTHENTICATIONFAILED",
        "AUTHORIZATIONFAILED",
        "EXPIRED",
        "PRIVACYREQUIRED",
      ],
    },
  ),
  command(
    "LOGIN",
    "RFC 9051 §6.2.3",
    NOT_AUTHENTICATED,
    "Logs in with a user name and a password in clear text.",
    {
      solicits: ["CAPABILITY"],
      codes: [
        "CAPABILITY",
        "REFERRAL",
        "AUTHENTICATIONFAILED",
        "AUTHORIZATIONFAILED",
        "EXPIRED",
        "PRIVACYREQUIRED",
      ],
    },
  ),
  command(
    "UNAUTHENTICATE",
    "RFC 8437 §2",
    AUTHENTICATED,
    "Ends the login but keeps the connection for another user.",
    {
      capabilities: ["UNAUTHENTICATE"],
    },
  ),
  command(
    "ID",
    "RFC 2971 §3.1",
    ANY_STATE,
    "Tells which software the client is and asks the same of the server.",
    {
      capabilities: ["ID"],
      solicits: ["ID"],
    },
  ),
  command(
    "ENABLE",
    "RFC 9051 §6.3.1",
    ["authenticated"],
    "Switches extensions on that change what the server sends.",
    {
      capabilities: ["ENABLE", "IMAP4REV2"],
      solicits: ["ENABLED"],
    },
  ),
  command("COMPRESS", "RFC 4978 §3", AUTHENTICATED, "Asks to compress both directions from now on.", {
    capabilities: ["COMPRESS="],
    codes: ["COMPRESSIONACTIVE"],
  }),
  command(
    "LANGUAGE",
    "RFC 5255 §3.2",
    ANY_STATE,
    "Lists or chooses the language of texts that people read.",
    {
      capabilities: ["LANGUAGE"],
      solicits: ["LANGUAGE", "NAMESPACE"],
    },
  ),
  command(
    "COMPARATOR",
    "RFC 5255 §4.7",
    AUTHENTICATED,
    "Lists or chooses the rules by which texts are compared.",
    {
      capabilities: ["I18NLEVEL="],
      solicits: ["COMPARATOR"],
      codes: ["BADCOMPARATOR"],
    },
  ),
  command(
    "GETJMAPACCESS",
    "RFC 9698 §4",
    AUTHENTICATED,
    "Asks for the JMAP address under which the same mail is found.",
    {
      capabilities: ["JMAPACCESS"],
      solicits: ["JMAPACCESS"],
    },
  ),
  command(
    "XAPPLEPUSHSERVICE",
    undefined,
    AUTHENTICATED,
    "Apple: registers a device for push notifications of new mail.",
    {
      capabilities: ["XAPPLEPUSHSERVICE"],
      solicits: ["XAPPLEPUSHSERVICE"],
    },
  ),
  command(
    "PROXYAUTH",
    undefined,
    AUTHENTICATED,
    "Netscape and Sun: an administrator goes on as another user.",
    {
      capabilities: ["PROXYAUTH", "X-PROXYAUTH"],
    },
  ),
  command(
    "X-MASTERAUTH",
    undefined,
    ANY_STATE,
    "Tobit and others: logs in to a user's mail with master credentials.",
    {
      capabilities: ["X-MASTERAUTH"],
    },
  ),
];
