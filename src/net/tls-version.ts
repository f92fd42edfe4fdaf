/** The versions of TLS that can be asked for, as people write them; apart from what uses them, to be quick to load. */
export const TLS_VERSIONS = ["1.0", "1.1", "1.2", "1.3"] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];
