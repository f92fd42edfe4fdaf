/** What OpenSSL says went wrong, without what only its developers can use. */

/** An address of the process, the number, the library and the function stand before the reason; a source file and its line behind. */
const OPENSSL = /(?:^|:)error:[0-9A-F]+:[^:\n]*:[^:\n]*:([^:\n]*)/;

/** The message of an error; of OpenSSL's the reason alone, that of the first where there are several. */
export function reasonIn(message: string): string {
  const [, reason] = OPENSSL.exec(message) ?? [];
  return reason === undefined ? message : reason.trim() || "no reason was given";
}

/** The codes of octets that are no TLS, or not what belongs where they come. */
export const UNREADABLE: readonly string[] = [
  ...[
    "UNEXPECTED_MESSAGE",
    "UNEXPECTED_RECORD",
    "BAD_RECORD_TYPE",
    "RECORD_TOO_SMALL",
    "RECORD_LAYER_FAILURE",
  ],
  ...[
    "LENGTH_MISMATCH",
    "LENGTH_TOO_SHORT",
    "BAD_LENGTH",
    "DATA_LENGTH_TOO_LONG",
    "ENCRYPTED_LENGTH_TOO_LONG",
  ],
  ...["EXCESSIVE_MESSAGE_SIZE", "BAD_PACKET", "DECODE_ERROR", "BAD_EXTENSION", "CLIENTHELLO_TLSEXT"],
  ...[
    "NO_CIPHERS_SPECIFIED",
    "NO_COMPRESSION_SPECIFIED",
    "BAD_KEY_SHARE",
    "BAD_ECPOINT",
    "BAD_CHANGE_CIPHER_SPEC",
  ],
  ...["INVALID_CCS_MESSAGE", "CCS_RECEIVED_EARLY", "UNEXPECTED_CCS_MESSAGE", "NOT_ON_RECORD_BOUNDARY"],
  ...["DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "DIGEST_CHECK_FAILED", "BLOCK_CIPHER_PAD_IS_WRONG"],
].map((word) => `ERR_SSL_${word}`);
