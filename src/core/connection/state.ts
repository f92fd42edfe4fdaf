/**
 * The states of a connection (RFC 9051 §3). TLS, compression, enabled extensions and what the client is in the middle of
 * are orthogonal to them. `unknown` is the state of a connection that was joined midway.
 */
export type ConnectionState = "notAuthenticated" | "authenticated" | "selected" | "logout" | "unknown";
