/** Where secrets stand in a dialogue, and what becomes of each. */
import { fromLatin1, toBase64 } from "../../src/core/base/octets.ts";

export interface Secret {
  readonly raw: string;
  /** As a quoted string holds it, without the quotes. */
  readonly quoted: string;
  readonly octets: number;
  readonly base64: (before?: string, after?: string) => string;
}

export interface SecretRow {
  readonly section: string;
  readonly name: string;
  /** The secret has characters that must be escaped, 8-bit octets and a space. */
  readonly odd?: true;
  readonly said: (secret: Secret) => readonly string[];
  readonly masked: readonly string[];
}

const X = "xxxxxxxx";
const IN = ["C: a0 LOGIN alice wonderland", "S: a0 OK in"];
const IN_MASKED = [`C: a0 LOGIN alice ${X}`, "S: a0 OK in"];

function encoded(text: string): string {
  return toBase64(fromLatin1(text));
}

type Said = (secret: Secret) => readonly string[];

function login(name: string, said: Said, masked: readonly string[], odd?: true): SecretRow {
  return { section: "LOGIN", name, said, masked, ...(odd === undefined ? {} : { odd }) };
}

const LOGIN: readonly SecretRow[] = [
  login("atom", (s) => [`C: a LOGIN alice ${s.raw}`], [`C: a LOGIN alice ${X}`]),
  login("any case", (s) => [`C: a lOgIn alice ${s.raw}`], [`C: a lOgIn alice ${X}`]),
  login("spaces", (s) => [`C: a   LOGIN   alice   ${s.raw}   `], [`C: a   LOGIN   alice ${X}`]),
  login("quoted", (s) => [`C: a LOGIN "al ice" "${s.quoted}"`], [`C: a LOGIN "al ice" ${X}`], true),
  login(
    "quoted, user with escapes",
    (s) => [`C: a LOGIN "a\\"l\\\\i" "${s.quoted}"`],
    [`C: a LOGIN "a\\"l\\\\i" ${X}`],
    true,
  ),
  login(
    "unquoted although it should be",
    (s) => [`C: a LOGIN alice ${s.raw}`],
    [`C: a LOGIN alice ${X}`],
    true,
  ),
  login("quote not closed", (s) => [`C: a LOGIN alice "${s.quoted}`], [`C: a LOGIN alice ${X}`], true),
  login("user's quote not closed", (s) => [`C: a LOGIN "alice ${s.raw}`], [`C: a LOGIN ${X}`]),
  login("user malformed", (s) => [`C: a LOGIN DOMAIN\\alice ${s.raw}`], [`C: a LOGIN ${X}`]),
  login("no space behind the user", (s) => [`C: a LOGIN "alice"${s.raw}`], [`C: a LOGIN ${X}`]),
  login("too many arguments", (s) => [`C: a LOGIN alice ${s.raw} "${s.raw}" more`], [
    `C: a LOGIN alice ${X}`,
  ]),
  login("a list", (s) => [`C: a LOGIN (alice ${s.raw})`], [`C: a LOGIN ${X}`]),
  login("bare LF", (s) => [`C: a LOGIN alice ${s.raw}\n`, "S: a OK in"], [
    `C: a LOGIN alice ${X}\n`,
    "S: a OK in",
  ]),
  login("bare CR inside", (s) => [`C: a LOGIN alice x\r${s.raw}`], [`C: a LOGIN alice ${X}`]),
  login("tabs", (s) => [`C: a\tLOGIN\talice\t${s.raw}`], [`C: ${X}`]),
  login("tab behind the user", (s) => [`C: a LOGIN alice\t${s.raw}`], [`C: a LOGIN ${X}`]),
  login("no line end", (s) => [`C: a LOGIN alice ${s.raw}\\`], ["C: a LOGIN alice \\"]),
  login("no line end, name not decided", (s) => [`C: ${s.raw}\\`], [`C: ${X}\\`]),
  login(
    "literal",
    (s) => [`C: a LOGIN alice {${s.octets}}`, "S: + go", `C: ${s.raw}`, "S: a OK in"],
    ["C: a LOGIN alice {8}", "S: + go", `C: ${X}`, "S: a OK in"],
    true,
  ),
  login(
    "both literals",
    (s) => ["C: a LOGIN {5}", "S: + go", `C: alice {${s.octets}}`, "S: + go", `C: ${s.raw}`, "S: a OK in"],
    ["C: a LOGIN {5}", "S: + go", "C: alice {8}", "S: + go", `C: ${X}`, "S: a OK in"],
    true,
  ),
  login(
    "literals that do not synchronize",
    (s) => ["C: a LOGIN {5+}", `C: alice {${s.octets}+}`, `C: ${s.raw}`, "C: b NOOP", "S: a OK in"],
    ["C: a LOGIN {5+}", "C: alice {8+}", `C: ${X}`, "C: b NOOP", "S: a OK in"],
    true,
  ),
  login(
    "user a literal, password quoted",
    (s) => ["C: a LOGIN {5+}", `C: alice "${s.quoted}"`],
    ["C: a LOGIN {5+}", `C: alice ${X}`],
    true,
  ),
  login("user a literal, no space behind it", (s) => ["C: a LOGIN {5+}", `C: alice${s.raw}`], [
    "C: a LOGIN {5+}",
    `C: alice${X}`,
  ]),
  login(
    "literal8",
    (s) => [`C: a LOGIN alice ~{${s.octets}+}`, `C: ${s.raw}`],
    ["C: a LOGIN alice ~{8+}", `C: ${X}`],
    true,
  ),
  login(
    "literal with something behind it",
    (s) => [`C: a LOGIN alice {${s.octets}+}`, `C: ${s.raw} ${s.raw} {${s.octets}+}`, `C: ${s.raw}${s.raw}`],
    ["C: a LOGIN alice {8+}", `C: ${X}${X} {8+}`, `C: ${X}${X}`],
  ),
  login(
    "literal shorter than announced",
    (s) => [`C: a LOGIN alice {${s.octets + 9}+}`, `C: ${s.raw}`, "C: b NOOP", "S: a BAD what"],
    ["C: a LOGIN alice {8+}", `C: ${X}\n`, "S: a BAD what"],
  ),
  login("literal longer than announced", (s) => ["C: a LOGIN alice {3+}", `C: ${s.raw}`, "S: a OK in"], [
    "C: a LOGIN alice {8+}",
    `C: ${X}${X}`,
    "S: a OK in",
  ]),
  login(
    "literal with CRLF",
    (s) => [`C: a LOGIN alice {${s.octets * 2 + 2}+}`, `C: ${s.raw}\r\n${s.raw}`, `S: a NO not ${s.raw}, no`],
    ["C: a LOGIN alice {8+}", `C: ${X}`, `S: a NO not ${X}, no`],
    true,
  ),
  login(
    "literal refused, password sent all the same",
    (s) => [`C: a LOGIN alice {${s.octets}}`, "S: a NO no", `C: ${s.raw}`, "C: b NOOP", "S: b OK"],
    ["C: a LOGIN alice {8}", "S: a NO no", `C: ${X}`, "C: b NOOP", "S: b OK"],
    true,
  ),
  login(
    "literal pipelined",
    (s) => [`C: a LOGIN alice {${s.octets}}`, `C: ${s.raw}`, "S: + go", "S: a OK in"],
    ["C: a LOGIN alice {8}", `C: ${X}`, "S: + go", "S: a OK in"],
    true,
  ),
  login("literal cut off", (s) => [`C: a LOGIN alice {${s.octets + 1}+}`, `C: ${s.raw}\\`], [
    "C: a LOGIN alice {8+}",
  ]),
  login("when logged in already", (s) => [...IN, `C: b LOGIN bob ${s.raw}`, "S: b BAD"], [
    ...IN_MASKED,
    `C: b LOGIN bob ${X}`,
    "S: b BAD",
  ]),
  login(
    "when logged in already, literal refused, password sent all the same",
    (s) => [...IN, `C: b LOGIN bob {${s.octets}}`, "S: b BAD no", `C: ${s.raw}`, "C: c NOOP"],
    [...IN_MASKED, "C: b LOGIN bob {8}", "S: b BAD no", `C: ${X}`, "C: c NOOP"],
  ),
  login("when logged in already, tabs", (s) => [...IN, `C: b\tLOGIN\tbob\t${s.raw}`], [
    ...IN_MASKED,
    `C: b\tLOGIN\t${X}`,
  ]),
  login("when logged in already, no tag", (s) => [...IN, `C: LOGIN bob ${s.raw}`], [
    ...IN_MASKED,
    `C: LOGIN ${X}`,
  ]),
  login("when logged in already, bad tag", (s) => [...IN, `C: +b LOGIN bob ${s.raw}`], [
    ...IN_MASKED,
    `C: +b LOGIN ${X}`,
  ]),
  login("when logged in already, space before the tag", (s) => [...IN, `C:  b LOGIN bob ${s.raw}`], [
    ...IN_MASKED,
    `C:  b LOGIN ${X}`,
  ]),
  login("after PREAUTH", (s) => ["S: * PREAUTH hi", `C: b LOGIN bob ${s.raw}`], [
    "S: * PREAUTH hi",
    `C: b LOGIN bob ${X}`,
  ]),
  login("typed at the wrong time", (s) => [`C: ${s.raw}`, "S: * BAD what"], [`C: ${X}`, "S: * BAD what"]),
  login("typed at the wrong time, with spaces", (s) => [`C: alice ${s.raw} x`], [`C: ${X}`]),
  login(
    "typed after UNAUTHENTICATE",
    (s) => [...IN, "C: b UNAUTHENTICATE", "S: b OK out", `C: ${s.raw}`, `C: c LOGIN alice ${s.raw}`],
    [...IN_MASKED, "C: b UNAUTHENTICATE", "S: b OK out", `C: ${X}`, `C: c LOGIN alice ${X}`],
  ),
  login(
    "unknown command with a literal",
    (s) => [`C: a XLOGIN {${s.octets}+}`, `C: ${s.raw}`],
    [`C: ${X} {8+}`, `C: ${X}`],
    true,
  ),
];

function sasl(name: string, said: Said, masked: readonly string[], odd?: true): SecretRow {
  return { section: "AUTHENTICATE", name, said, masked, ...(odd === undefined ? {} : { odd }) };
}

/**
 * Mechanisms, each with what the client's first message is; sent at once (RFC 4959) and after `+`. Last, what of that stays
 * before the mask.
 */
const MECHANISMS: readonly (readonly [string, (secret: Secret) => string, string?])[] = [
  ["PLAIN", (s) => s.base64("\0alice\0")],
  ["PLAIN", (s) => s.base64("admin\0alice\0")],
  ["EXTERNAL", (s) => s.base64()],
  ["ANONYMOUS", (s) => s.base64()],
  ["XOAUTH2", (s) => s.base64("user=alice\x01auth=Bearer ", "\x01\x01")],
  ["OAUTHBEARER", (s) => s.base64("n,a=alice,\x01host=h\x01port=143\x01auth=Bearer ", "\x01\x01")],
  ["OAUTH10A", (s) => s.base64('n,a=alice,\x01auth=OAuth realm="x",oauth_token="', '"\x01\x01')],
  ["PLAIN-CLIENTTOKEN", (s) => s.base64("\0alice\0", "\0token")],
  ["ATOKEN", (s) => s.base64("alice\0")],
  ["ATOKEN2", (s) => s.base64("alice\0")],
  ["XYMCOOKIE", (s) => s.base64("cookies=", "&ts=1")],
  ["X-GOOGLE-TOKEN", (s) => s.base64("\0alice@x\0")],
  ["SCRAM-SHA-256", (s) => s.base64("n,,n=alice,r="), "biws"],
  ["SCRAM-SHA-256", (s) => s.base64("y,a=bob,n=alice,r="), "eSxh"],
  ["SCRAM-SHA-256", (s) => s.base64("y,,n=", ",r=abc"), "eSws"],
  ["SCRAM-SHA-1", (s) => s.base64("n,a=", ",n=alice,r=abc"), "bixh"],
  ["SCRAM-SHA-1", (s) => s.base64("n,,x")],
  ["SCRAM-SHA-256-PLUS", (s) => s.base64("p=tls-exporter,,n=alice,r="), "cD10bHMtZXhwb3J0ZXIs"],
  ["SCRAM-SHA-1-PLUS", (s) => s.base64("p=tls-unique,,n=alice,r="), "cD10bHMtdW5pcXVl"],
  ["SCRAM-SHA-1-PLUS", (s) => s.base64("p=", ",,n=alice,r=abc")],
  ["GSSAPI", (s) => s.base64("`\x82")],
  ["GS2-KRB5", (s) => s.base64("n,,")],
  ["NTLM", (s) => s.base64("NTLMSSP\0")],
  ["DIGEST-MD5", (s) => s.base64('username="alice",response=')],
];

const BY_MECHANISM: readonly SecretRow[] = MECHANISMS.flatMap(([mechanism, message, open = ""]) => [
  sasl(
    `${mechanism}, initial response`,
    (s) => [`C: a AUTHENTICATE ${mechanism} ${message(s)}`, "S: a NO no"],
    [`C: a AUTHENTICATE ${mechanism} ${open}${X}`, "S: a NO no"],
    true,
  ),
  sasl(
    `${mechanism}, steps`,
    (s) => [
      `C: a authenticate ${mechanism}`,
      "S: + ",
      `C: ${message(s)}`,
      `S: + ${s.base64("r=", ",s=salt,i=4096")}`,
      `C: ${s.base64("c=biws,p=")}`,
      `S: + ${s.base64("v=")}`,
      "C: ",
      "S: a OK in",
      "C: b NOOP",
    ],
    [
      `C: a authenticate ${mechanism}`,
      "S: + ",
      `C: ${open}${X}`,
      `S: + ${X}`,
      `C: ${X}`,
      `S: + ${X}`,
      "C: ",
      "S: a OK in",
      "C: b NOOP",
    ],
    true,
  ),
]);

const AUTHENTICATE: readonly SecretRow[] = [
  ...BY_MECHANISM,
  sasl(
    "LOGIN line by line",
    (s) => [
      "C: a AUTHENTICATE LOGIN",
      "S: + VXNlcm5hbWU6",
      `C: ${encoded("alice")}`,
      "S: + UGFzc3dvcmQ6",
      `C: ${s.base64()}`,
      `S: a NO alice, ${s.raw} is wrong`,
    ],
    [
      "C: a AUTHENTICATE LOGIN",
      `S: + ${X}`,
      `C: ${X}`,
      `S: + ${X}`,
      `C: ${X}`,
      `S: a NO alice, ${X} is wrong`,
    ],
    true,
  ),
  sasl(
    "LOGIN with the user as initial response",
    (s) => [
      `C: a AUTHENTICATE LOGIN ${encoded("alice")}`,
      "S: + UGFzc3dvcmQ6",
      `C: ${s.base64()}`,
      `S: a NO alice, ${s.raw} is wrong`,
    ],
    [`C: a AUTHENTICATE LOGIN ${X}`, `S: + ${X}`, `C: ${X}`, `S: a NO alice, ${X} is wrong`],
    true,
  ),
  sasl(
    "CRAM-MD5",
    (s) => [
      "C: a AUTHENTICATE CRAM-MD5",
      `S: + ${s.base64("<", "@h>")}`,
      `C: ${s.base64("alice ")}`,
      "S: a NO no",
    ],
    ["C: a AUTHENTICATE CRAM-MD5", `S: + ${X}`, `C: ${X}`, "S: a NO no"],
  ),
  sasl(
    "OAUTHBEARER error",
    (s) => [
      `C: a AUTHENTICATE OAUTHBEARER ${s.base64("n,a=alice,\x01auth=Bearer ", "\x01\x01")}`,
      `S: + ${s.base64('{"status":"invalid_token","scope":"', '","openid-configuration":"https://h/"}')}`,
      "C: AQ==",
      `S: a NO [AUTHENTICATIONFAILED] ${s.raw} expired`,
    ],
    [
      `C: a AUTHENTICATE OAUTHBEARER ${X}`,
      `S: + ${X}`,
      `C: ${X}`,
      `S: a NO [AUTHENTICATIONFAILED] ${X} expired`,
    ],
  ),
  sasl(
    "XOAUTH2 error",
    (s) => [
      "C: a AUTHENTICATE XOAUTH2",
      "S: +",
      `C: ${s.base64("user=alice\x01auth=Bearer ", "\x01\x01")}`,
      `S: + ${s.base64('{"status":"400","schemes":"', '"}')}`,
      "C: ",
      "S: a NO Invalid credentials",
    ],
    ["C: a AUTHENTICATE XOAUTH2", "S: +", `C: ${X}`, `S: + ${X}`, "C: ", "S: a NO Invalid credentials"],
  ),
  sasl("empty initial response", () => ["C: a AUTHENTICATE EXTERNAL =", "S: a OK in"], [
    "C: a AUTHENTICATE EXTERNAL =",
    "S: a OK in",
  ]),
  sasl("cancelled", (s) => ["C: a AUTHENTICATE PLAIN", `S: + ${s.base64()}`, "C: *", "S: a BAD off"], [
    "C: a AUTHENTICATE PLAIN",
    `S: + ${X}`,
    "C: *",
    "S: a BAD off",
  ]),
  sasl("no Base64", (s) => ["C: a AUTHENTICATE PLAIN", "S: +", `C: alice ${s.raw}`, `S: a BAD ${s.raw}?`], [
    "C: a AUTHENTICATE PLAIN",
    "S: +",
    `C: ${X}`,
    `S: a BAD ${X}?`,
  ]),
  sasl(
    "a line like a command where a response is asked for",
    (s) => ["C: a AUTHENTICATE PLAIN", "S: +", `C: b LOGIN alice ${s.raw}`],
    ["C: a AUTHENTICATE PLAIN", "S: +", `C: ${X}`],
  ),
  sasl(
    "a line that ends like a literal header",
    (s) => ["C: a AUTHENTICATE PLAIN", "S: +", `C: ${s.raw}{5}`, "S: a NO no", "C: b NOOP"],
    ["C: a AUTHENTICATE PLAIN", "S: +", `C: ${X}`, "S: a NO no", "C: b NOOP"],
  ),
  sasl(
    "pipelined before `+`",
    (s) => ["C: a AUTHENTICATE PLAIN", `C: ${s.base64("\0alice\0")}`, "S: + ", "S: a OK in"],
    ["C: a AUTHENTICATE PLAIN", `C: ${X}`, "S: + ", "S: a OK in"],
    true,
  ),
  sasl(
    "command pipelined behind",
    (s) => [`C: a AUTHENTICATE PLAIN ${s.base64("\0alice\0")}`, "C: b CAPABILITY", "S: a OK in", "S: b OK"],
    [`C: a AUTHENTICATE PLAIN ${X}`, "C: b CAPABILITY", "S: a OK in", "S: b OK"],
  ),
  sasl(
    "continued although refused",
    (s) => ["C: a AUTHENTICATE FOO", "S: a NO what", `C: ${s.base64("\0alice\0")}`, "S: * BAD what"],
    ["C: a AUTHENTICATE FOO", "S: a NO what", `C: ${X}`, "S: * BAD what"],
  ),
  sasl(
    "continued although refused, when logged in",
    (s) => [...IN, "C: a AUTHENTICATE PLAIN", "S: a BAD already", `C: ${s.base64("\0alice\0")}`, "C: b NOOP"],
    [...IN_MASKED, "C: a AUTHENTICATE PLAIN", "S: a BAD already", `C: ${X}`, "C: b NOOP"],
  ),
  sasl(
    "mechanism forgotten",
    (s) => [`C: a AUTHENTICATE ${s.base64("\0alice-from-the-long-hallway\0", "=")}`],
    [`C: a AUTHENTICATE ${X}`],
  ),
  sasl("mechanism and response joined", (s) => [`C: a AUTHENTICATE PLAIN=${s.raw}`], [
    `C: a AUTHENTICATE ${X}`,
  ]),
  sasl("mechanism quoted", (s) => [`C: a AUTHENTICATE "PLAIN" ${s.base64("\0alice\0")}`], [
    `C: a AUTHENTICATE "PLAIN" ${X}`,
  ]),
  sasl("response a literal", (s) => [`C: a AUTHENTICATE PLAIN {${s.base64().length}+}`, `C: ${s.base64()}`], [
    "C: a AUTHENTICATE PLAIN {8+}",
    `C: ${X}`,
  ]),
  sasl("response quoted", (s) => [`C: a AUTHENTICATE PLAIN "${s.base64("\0alice\0")}"`], [
    `C: a AUTHENTICATE PLAIN ${X}`,
  ]),
  sasl("no SASL, no space", (s) => [`C: a AUTHENTICATE`, "S: + ", `C: ${s.base64()}`], [
    "C: a AUTHENTICATE",
    "S: + ",
    `C: ${X}`,
  ]),
  sasl(
    "again after UNAUTHENTICATE, pipelined",
    (s) => [
      ...IN,
      "C: b UNAUTHENTICATE",
      `C: c AUTHENTICATE PLAIN ${s.base64("\0alice\0")}`,
      "S: b OK out",
      "S: c OK in",
    ],
    [...IN_MASKED, "C: b UNAUTHENTICATE", `C: c AUTHENTICATE PLAIN ${X}`, "S: b OK out", "S: c OK in"],
  ),
];

export const SECRET_ROWS: readonly SecretRow[] = [...LOGIN, ...AUTHENTICATE];
