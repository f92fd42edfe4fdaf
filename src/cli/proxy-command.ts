/** `imapscope proxy`: wires the interception to what the user asked to see, and ends it in order. */
import { EXIT, ImapscopeError } from "../errors.ts";
import { type InterceptionOptions, intercept } from "../library/interception.ts";
import { type Clock, startClock } from "../net/clock.ts";
import type { Notice } from "../net/notice.ts";
import type { CertificateFiles } from "../net/own-certificate.ts";
import type { Listening } from "../net/proxy.ts";
import type { ProxyProtocol } from "../net/proxy-header.ts";
import { watchWaiting } from "../net/silence.ts";
import type { TlsVersion } from "../net/tls-version.ts";
import { collectSeldom } from "./collect-seldom.ts";
import { endByHangup, hangupTest } from "./hangup.ts";
import { loadInStages, SCREEN_FLOORS } from "./load-in-stages.ts";
import { openKeys, type ScreenGiven } from "./screen-keys.ts";
import { checkFilter, createShow } from "./show.ts";
import { depthOf, type ShowOptions, wantsScreen } from "./show-options.ts";
import { tell, tellNotice, tellRecorded } from "./tell.ts";
import { readText, writeText } from "./text-file.ts";
import { untilStopped } from "./until-stopped.ts";

export interface ProxyCommandOptions extends ShowOptions {
  readonly listen?: readonly string[] | undefined;
  /** As of the library; the command line asks for ports, and gets them or not. */
  readonly orFreePort?: boolean;
  readonly upstream?: readonly string[] | undefined;
  readonly passThrough?: readonly string[] | undefined;
  readonly connect?: string | undefined;
  readonly insecure: boolean;
  readonly upstreamCa?: string | undefined;
  readonly tlsMin?: TlsVersion | undefined;
  readonly clientCert?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly keylog?: string | undefined;
  readonly plainUpstream: boolean;
  readonly proxyProtocol?: ProxyProtocol | undefined;
  readonly offerStarttls: boolean;
  readonly name?: readonly string[] | undefined;
  readonly caDir?: string | undefined;
  readonly record?: string | undefined;
  readonly rotateSize?: number | undefined;
  readonly force: boolean;
  readonly recordComplete: boolean;
  readonly keepSecrets: boolean;
  readonly readyFile?: string | undefined;
  readonly spoolMax?: number | undefined;
}

/** Who uses the proxy that this process runs: the demo. */
export interface Company {
  /** Says where clients connect, in its own words; gives the title of the screen. */
  readonly ready: (listening: readonly Listening[]) => string;
  /** Runs once clients can connect and the screen is open; aborts `stopped` when the proxy is to end, and ends when that was. */
  readonly run: (running: Running) => Promise<void>;
}

export interface Running {
  readonly listening: readonly Listening[];
  readonly notice: (notice: Notice) => void;
  /** Says something for the moment on the screen; `undefined` where there is none. */
  readonly say: ((text: string) => void) | undefined;
  readonly stopped: AbortController;
}

/** How often lines may say what is in flight. */
const TICK_MS = 250;
/** So long the last lines may wait to be read without a word. */
const UNREAD_MS = 2000;
const UNREAD =
  "imapscope: all connections have ended. Waiting for whoever reads the lines to take the rest; another signal ends it at once.";

export async function runProxy(
  upstream: string | undefined,
  options: ProxyCommandOptions,
  company?: Company,
): Promise<void> {
  checkFilter(options);
  const keys = wantsScreen(options) ? openKeys() : undefined;
  if (options.keepSecrets) warnOfSecrets();
  if (options.keylog !== undefined) warnOfKeys(options.keylog);
  collectSeldom();
  const clock = startClock();
  const stopped = new AbortController();
  const screen = keys && (await liveScreen(options, clock, { keys, stopped }));
  const show =
    screen?.show ?? createShow(options, { startedAt: clock.startedAt, onGone: () => stopped.abort() });
  const onNotice = screen?.show.notice ?? tellNotice;
  const settings: InterceptionOptions = {
    depth: depthOf(options),
    ...(options.listen === undefined ? {} : { listen: options.listen }),
    orFreePort: options.orFreePort,
    upstream,
    upstreams: options.upstream,
    passThrough: options.passThrough,
    connect: options.connect,
    insecure: options.insecure,
    upstreamCa: await readText(options.upstreamCa, "ERR_UPSTREAM_CA_INVALID"),
    tlsMin: options.tlsMin,
    clientCertificate: await clientCertificate(options),
    keyLog: options.keylog,
    proxyProtocol: options.proxyProtocol,
    plainUpstream: options.plainUpstream,
    offerStartTls: options.offerStarttls,
    names: options.name ?? [],
    caDir: options.caDir,
    record:
      options.record === undefined
        ? undefined
        : { ...recordOptions(options.record, options), ...screen?.recording },
    keepSecrets: options.keepSecrets,
    onNotice,
    clock,
    onObservation: show.print,
    ...(screen === undefined
      ? {}
      : { onEvent: screen.onEvent, checkpoints: screen.checkpoints, otherDescriptors: screen.descriptors }),
  };
  const interception = await intercept(settings, { text: failedText });
  const isHungUp = hangupTest();
  const isHangup = () => options.record === undefined || isHungUp();
  // Before anybody is told that it is ready: a signal may follow at once.
  const untilEnd = untilStopped(interception, stopped, isHangup, () => screen?.show.giveBack());
  const { listening, look, underWay, behindMicros } = interception;
  let title = "";
  try {
    title = company?.ready(listening) ?? titleOf(listening, upstream, options);
    if (company === undefined) await tellReady(listening, upstream, options);
  } catch (error) {
    await interception.close();
    throw error;
  }
  screen?.show.open(title, { recording: options.record, look, underWay, behindMicros });
  const ran = company && keep(company, { listening, notice: onNotice, say: screen?.show.say, stopped });
  const ticking = setInterval(() => show.tick(clock.micros()), TICK_MS);
  await untilEnd;
  clearInterval(ticking);
  const failure = await ran;
  await interception.close();
  await watchWaiting(show.finish(), UNREAD_MS, () => tell(UNREAD));
  await screen?.close();
  tellEnd(interception.recorded(), options);
  if (failure !== undefined) throw failure;
  process.exitCode = EXIT.ok;
  if (isHungUp()) endByHangup();
}

/** What shows and keeps the connection is not the user's own. */
function failedText(_name: string, thrown: string): string {
  return `imapscope failed to show or keep what came of this connection (${thrown}). It goes on as before. Please report this.`;
}

/** Its failure, which is given, ends the proxy. */
async function keep(company: Company, running: Running): Promise<unknown> {
  try {
    await company.run(running);
    return undefined;
  } catch (error) {
    running.stopped.abort();
    return error;
  }
}

/** Its code is only loaded where it is wanted. */
async function liveScreen(options: ProxyCommandOptions, clock: Clock, given: ScreenGiven) {
  await loadInStages(SCREEN_FLOORS);
  const { openLiveScreen } = await import("./live-screen.ts");
  return openLiveScreen(options, clock, given);
}

function recordOptions(path: string, { rotateSize, force, recordComplete }: ProxyCommandOptions) {
  return { path, rotateOctets: rotateSize, force, complete: recordComplete };
}

/** The passphrase comes through the environment, since others can see a command line. */
async function clientCertificate({
  clientCert,
  clientKey,
}: ProxyCommandOptions): Promise<CertificateFiles | undefined> {
  const certificate = await readText(clientCert, "ERR_CLIENT_CERT_INVALID");
  const key = await readText(clientKey, "ERR_CLIENT_CERT_INVALID");
  if (certificate === undefined) {
    if (key === undefined) return undefined;
    const reason = "there is a key without a certificate";
    throw new ImapscopeError("ERR_CLIENT_CERT_INVALID", { reason });
  }
  return { certificate, key, passphrase: process.env["IMAPSCOPE_CLIENT_KEY_PASSPHRASE"] };
}

/** Says where clients connect, on stderr and in the ready file. */
async function tellReady(
  listening: readonly Listening[],
  upstream: string | undefined,
  options: ProxyCommandOptions,
): Promise<void> {
  for (const { url } of listening)
    tell(`imapscope: listening on ${url} for ${servedAt(url, upstream, options)}`);
  if (options.record !== undefined) tell(`imapscope: recording to ${options.record}`);
  if (options.readyFile === undefined) return;
  const urls = listening.map(({ url }) => `${url}\n`).join("");
  await writeText(options.readyFile, urls, "ERR_READY_FILE_UNWRITABLE");
}

/** What one looks at, and where clients connect, shortly. */
function titleOf(
  listening: readonly Listening[],
  upstream: string | undefined,
  options: ProxyCommandOptions,
): string {
  const [first] = listening;
  if (first === undefined) return "imapscope";
  const more = listening.length > 1 ? ` +${listening.length - 1}` : "";
  return `${first.url}${more} -> ${servedAt(first.url, upstream, options)}`;
}

/** Which upstreams the clients of a listener reach. */
function servedAt(url: string, upstream: string | undefined, options: ProxyCommandOptions): string {
  if (url.startsWith("socks5:")) return "the servers that clients name";
  // A plain client is greeted before it could name a server.
  const named = (options.upstream ?? []).map((route) =>
    route === "*" ? "any server that is asked for" : route,
  );
  return [...(upstream === undefined ? [] : [upstream]), ...named].join(", ");
}

function warnOfSecrets(): void {
  const text =
    "Credentials are not masked (--keep-secrets): they are in everything that is shown and recorded.";
  tellNotice({ level: "warning", text });
}

function warnOfKeys(path: string): void {
  const text = `The keys of all TLS connections are logged to ${path} (--keylog): with it, whoever has a packet dump of a connection can read everything in it, credentials included. Remove it when you are done.`;
  tellNotice({ level: "warning", text });
}

function tellEnd(recorded: number | undefined, options: ProxyCommandOptions): void {
  if (recorded === undefined || options.record === undefined) return;
  const connections = `${recorded} ${recorded === 1 ? "connection" : "connections"}`;
  tellRecorded(`${connections} to ${options.record}`, options.keepSecrets);
}
