/**
 * Every bound on what a peer controls, in one table. Over a bound, analysis of that piece degrades to counts and says
 * so by a defect or a notice; relaying is never bounded by anything here.
 */
export const LIMITS = {
  /** Octets of a line that are kept for analysis; the rest of the line is counted only. */
  lineOctets: 1024 * 1024,
  /** Octets of a literal that are kept (its head); the rest is counted only. */
  literalHeadOctets: 8 * 1024,
  /** Octets of all literal heads kept of one frame together; later literals are counted only. */
  frameHeadOctets: 1024 * 1024,
  /** Parts (lines and literals) of one frame; over it the frame ends in a defect. */
  frameLiterals: 4096,
  /** Depth of nested parentheses that the parser follows. */
  nestingDepth: 100,
  /** Elements of one list or set that are kept; the rest is counted. */
  listElements: 100_000,
  /** Defects that the grammar reports of one frame; further ones are dropped. */
  frameDefects: 100,
  /** Exchanges of one connection that may be open at once; the oldest are closed as `abandoned`. */
  openExchanges: 10_000,
  /** Observed responses that one exchange keeps for its details; further ones are counted. */
  responsesKept: 1000,
  /** Messages of the selected mailbox whose UID and flags are kept. */
  messagesKept: 200_000,
  /** Octets of an undecided line that the masker holds back; over it the line is masked whole. */
  heldOctets: 16 * 1024,
  /** The same for a line of the server in which echoes may stand: long COPYUID codes come in such lines. */
  heldTextOctets: 256 * 1024,
  /** Octets of both directions that may wait behind an undecided line; over it that line is masked whole. */
  heldQueueOctets: 1024 * 1024,
  /** Secrets of one connection that are remembered to scrub their echoes. */
  knownSecrets: 512,
  /** Octets waiting for the observer of one connection before it is marked `behind`. */
  observerQueueOctets: 16 * 1024 * 1024,
  /** What the octets of one compressed read may inflate to; over it their direction is no longer analysed. */
  inflatedOctets: 16 * 1024 * 1024,
  /** Compressed octets of a connection that may wait to be inflated. */
  inflateQueueOctets: 16 * 1024 * 1024,
  /** Octets of a TLS client's first message that are read to find the name that it asks for; a longer one has no name. */
  clientHelloOctets: 64 * 1024,
  /** Upstreams of which settings and TLS tickets are kept where clients choose them by name; the longest unused go. */
  diallersKept: 256,
  /** Octets of the first line of a capture file; a longer one is not a capture. */
  captureHeaderOctets: 64 * 1024,
  /** Octets of a record's line in a capture file; a longer one is skipped and reported. */
  captureLineOctets: 16 * 1024 * 1024,
  /** Octets of one data record; a longer run is written as several, and given in pieces of this size. */
  captureRunOctets: 1024 * 1024,
  /** Octets of each literal of a command that a replay keeps to compare it by rules and to show where it differs. */
  printHeadOctets: 64 * 1024,
  /** The same of all literals of one command together. */
  printHeadsOctets: 1024 * 1024,
  /** How deep search keys are read that hold each other (NOT, OR, parentheses); what is deeper is compared as it stands. */
  searchDepth: 100,
  /** Commands of a client that a replay keeps to try it with another recorded connection, and what is kept of them together. */
  deedsKept: 100,
  deedsKeptOctets: 16 * 1024,
  /** Exchanges that are over and wait, while a script is made, for one before them that is not; it is then given up. */
  draftsBehind: 1000,
  /** Records of exchanges that a replay keeps as they were read last, and octets of these together. */
  recordsKept: 2000,
  recordsKeptOctets: 4 * 1024 * 1024,
  /** Recorded exchanges among which the one nearest to a command without an answer is looked for. */
  nearestLookedAt: 1000,
  /** Differences of two commands, or of two answers, that are told. */
  differencesKept: 50,
  /** Entries of each list in the report of a replay: misses, refusals, connections; further ones are counted. */
  reportEntries: 1000,
} as const;
