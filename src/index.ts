/**
 * The library: everything that the commands do, one typed call away. docs/library.md has a runnable example for each
 * function. What is exported here keeps its meaning within a major version; nothing else of the package does.
 *
 * Octets and times go in, values come out: most of it needs no socket, file or clock. Times are integer microseconds on one
 * clock that starts with the capture.
 */

// Octets of a connection, without a socket
export type { Octets } from "./library/octets.ts";
export {
  type ObserveConnectionOptions,
  type ObservedConnection,
  type ObservedDialogue,
  observeConnection,
  observeDialogue,
  type Run,
} from "./library/observe-connection.ts";

// One command, one response, one name
export { parseCommand, parseResponse, readFrames } from "./library/parse.ts";
export { decodeMailboxName, encodeMailboxName } from "./core/imap/mailbox-name.ts";
export type { Command, CommandDetail, NumberSet } from "./core/imap/command.ts";
export type {
  CodeData,
  ContinuationRequest,
  DataResponse,
  EsearchData,
  FetchData,
  FetchItem,
  FetchValue,
  Mailbox,
  MailboxListing,
  MalformedResponse,
  Namespace,
  QuotaResource,
  Response,
  ResponseCode,
  ResponseData,
  SetRange,
  Status,
  StatusResponse,
  UidSet,
} from "./core/imap/response.ts";
export type {
  Address,
  BodyStructure,
  Disposition,
  Envelope,
  MultipartBody,
  SinglePartBody,
} from "./core/imap/message-data.ts";
export type { Token } from "./core/imap/token.ts";
export type { Frame, FrameEnd, Literal, OwnShare } from "./core/imap/frame.ts";

// The facts, and captures of them
export type {
  CloseEvent,
  DataEvent,
  DeflateEvent,
  EndEvent,
  ErrorEvent,
  OmittedEvent,
  OmittedReason,
  OpenEvent,
  StartTlsEvent,
  TlsEvent,
  WireEvent,
} from "./core/wire/event.ts";
export type { ConnectionId, Direction, Leg, Sender, Span } from "./core/base/leg.ts";
export type { Micros } from "./core/base/time.ts";
export {
  type DecodedCapture,
  decodeCapture,
  encodeCapture,
  type ObserveCaptureOptions,
  observeCapture,
} from "./library/capture.ts";
export { type CaptureEventsOptions, captureEvents } from "./files/capture-reader.ts";
export type { CaptureHeader, CaptureProblem } from "./core/capture/format.ts";

// Secrets
export {
  createEventMasker,
  type EventMasker,
  type MaskerOptions,
  maskEvents,
} from "./library/mask-events.ts";

// What is derived from the facts
export {
  createObserver,
  exchangesOf,
  type Observer,
  type ObserverOptions,
  observationsOf,
} from "./core/observe.ts";
export type {
  ConnectionObservation,
  DefectObservation,
  ExchangeObservation,
  ExchangeStarted,
  NoticeCode,
  NoticeObservation,
  Observation,
  PushObservation,
  RequestObservation,
  ResponseObservation,
  StateObservation,
  TlsObservation,
} from "./core/observation.ts";
export type { Exchange, ExchangeEnd, ExchangeId, Timings } from "./core/exchange/exchange.ts";
export type { Attribution, Certainty } from "./core/exchange/attribution.ts";
export type { Defect, Parsed } from "./core/imap/defect.ts";
export { DEFECTS, type DefectKind, type DefectRow } from "./core/imap/defect-table.ts";
export type { ConnectionSnapshot, MailboxSnapshot } from "./core/connection/snapshot.ts";
export type { ConnectionState } from "./core/connection/state.ts";
export type { ClientRole, FrameRole, OpaqueReason, ServerRole } from "./core/dialogue/event.ts";

// Filters and texts
export {
  compileFilter,
  formatJsonLines,
  formatLines,
  formatTranscript,
  type LinesOptions,
  type ShowOptions,
} from "./library/show.ts";
export type { Matcher } from "./core/query/matcher.ts";
export { formatCommand } from "./core/text/command.ts";
export { formatResponse } from "./core/text/response.ts";

// The words of IMAP
export {
  capabilityEntry,
  codeEntry,
  commandEntry,
  dataItemEntry,
  flagEntry,
  responseEntry,
} from "./core/vocabulary/vocabulary.ts";
export type {
  CapabilityEntry,
  CodeEntry,
  CommandEntry,
  DataItemEntry,
  FlagEntry,
  ResponseEntry,
} from "./core/vocabulary/entry.ts";

// The proxy
export {
  type Interception,
  type InterceptionOptions,
  intercept,
  openCa,
} from "./library/interception.ts";
export type { RecordOptions } from "./library/record.ts";
export type { Authority } from "./ca/authority.ts";
export type { Notice } from "./net/notice.ts";
export { ERRORS, type ErrorCode, EXIT, ImapscopeError } from "./errors.ts";
export { version } from "./version.ts";
