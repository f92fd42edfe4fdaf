/** What every client of the interop suite is given, and what it gives back. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Ended } from "../process.ts";
import type { ServerKind } from "../servers/server.ts";

/** TLS from the first octet, TLS from STARTTLS on and never without it, or none: STARTTLS is not asked for. */
export type Transport = "tls" | "startTls" | "plain";

/** Where a client goes, with an empty folder of its own. Direct and through a proxy differ in this only. */
export interface Target {
  readonly host: "localhost";
  readonly port: number;
  readonly transport: Transport;
  /** The CA that the client has to trust, and nothing else. */
  readonly caFile: string;
  readonly user: string;
  readonly password: string;
  readonly kind: ServerKind;
  readonly home: string;
}

/**
 * What a client saw and did, without anything that differs from run to run (times, ports, process ids).
 * Two runs over equal servers are equal.
 */
export type Outcome = Readonly<Record<string, unknown>>;

export interface Client {
  readonly name: string;
  /** It asks for COMPRESS where the server has it. */
  readonly compresses?: boolean;
  /** Does the client's whole session. Throws when the client did not get to its end. */
  run(target: Target): Promise<Outcome>;
}

export const sha256 = (octets: Buffer | string): string =>
  createHash("sha256").update(octets).digest("hex").slice(0, 32);

/**
 * Everything below `folder`: the path as `rename` gives it (undefined leaves the file out) and a digest. The
 * X-TUID header, which mbsync makes up for each message it stores, does not count.
 */
export async function treeDigests(
  folder: string,
  rename: (path: string) => string | undefined = (path) => path,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = rename(path.slice(folder.length + 1));
    if (name === undefined) continue;
    const octets = (await readFile(path, "latin1")).replace(/^X-TUID: .*\r?\n/m, "");
    lines.push(`${name} ${sha256(Buffer.from(octets, "latin1"))}`);
  }
  return lines.sort();
}

/** A maildir's file without its time, process and host: what is left are the folder, UID and flags. */
export function maildirName(path: string): string | undefined {
  const match = /^(.*?)\/?(?:cur|new)\/[^/]*?(?:,U=(\d+)|,FMD5=[0-9a-f]+)*(?::2,([A-Za-z]*))?$/.exec(path);
  return match === null ? undefined : `${match[1]} U=${match[2] ?? "?"} ${match[3] ?? ""}`;
}

/** Throws unless the program ended as it should have; the message has all its output. */
export function mustEnd(name: string, ended: Ended, codes: readonly number[] = [0]): Ended {
  if (codes.includes(ended.code)) return ended;
  throw new Error(
    `${name} ended with ${ended.code}\n${ended.stdout.slice(-3000)}\n${ended.stderr.slice(-3000)}`,
  );
}

/** The lines of a program's output without the things of one run: ports, folders, process ids. */
export function steadyLines(text: string, target: Target): readonly string[] {
  return text
    .replaceAll(String(target.port), "PORT")
    .replaceAll(target.home, "HOME")
    .split(/\r?\n/)
    .filter((line) => line !== "");
}
