/** Filled servers: one is filled once for each kind, and every run starts a server over a copy of it. */
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Certificates, makeCertificates } from "./certificates.ts";
import { ImapSession } from "./imap-session.ts";
import { fill, listing, type Mailbox, mailboxes } from "./mail.ts";
import { runOrThrow } from "./process.ts";
import { PASSWORD, type RunningServer, type ServerKind, USER } from "./servers/server.ts";

/** A temporary folder with the certificates and the filled store of one kind of server. */
export interface Workplace {
  readonly folder: string;
  readonly certificates: Certificates;
  readonly kind: ServerKind;
  /** A new empty folder below `folder`, for a client or a proxy. */
  newFolder(name: string): Promise<string>;
  /** Starts a server over a fresh copy of the filled store. Its folder goes when it stops. */
  startServer(): Promise<RunningServer>;
  remove(): Promise<void>;
}

export async function makeWorkplace(
  kind: ServerKind,
  filling: readonly Mailbox[] = mailboxes(),
): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), `imapscope-interop-${kind.name}-`));
  // Servers run as users of their own and have to pass through.
  await chmod(folder, 0o755);
  const certificates = await makeCertificates(folder);
  const template = join(folder, "filled");
  const server = await kind.start(template, certificates);
  try {
    await withSession(server, (session) => fill(session, kind, filling));
  } finally {
    await server.stop();
  }
  let count = 0;
  const newFolder = async (name: string) => {
    count += 1;
    const path = join(folder, `${name}-${count}`);
    await mkdir(path);
    return path;
  };
  return {
    folder,
    certificates,
    kind,
    newFolder,
    startServer: async () => {
      count += 1;
      const state = join(folder, `server-${count}`);
      await runOrThrow("cp", ["-a", "--reflink=auto", template, state]);
      const running = await kind.start(state, certificates);
      return {
        ...running,
        stop: async () => {
          await running.stop();
          await rm(state, { recursive: true, force: true, maxRetries: 5 });
        },
      };
    },
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** What the server holds now. */
export const storedMail = (server: RunningServer): Promise<string> => withSession(server, listing);

async function withSession<T>(server: RunningServer, work: (session: ImapSession) => Promise<T>): Promise<T> {
  const session = await ImapSession.open(server.plainPort, USER, PASSWORD);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
