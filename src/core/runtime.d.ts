/**
 * The few names of the JavaScript runtime that core may use beside the language itself. Core is compiled without
 * Node's types; what is not declared here (sockets, files, timers, clocks, `process`) does not compile in core.
 */

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}

declare class TextEncoder {
  encode(text: string): Uint8Array;
}

/** Base64 to and from binary strings (one character an octet). */
declare function atob(base64: string): string;
declare function btoa(binary: string): string;

/**
 * Sockets deliver Node's `Buffer`, a `Uint8Array` that also has a native ISO-8859-1 decoder. Where it is there, core
 * uses it; it never depends on it.
 */
interface Uint8Array {
  readonly latin1Slice?: (start: number, end: number) => string;
}
