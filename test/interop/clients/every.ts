/** Every client that the suite runs. */
import type { Client } from "./client.ts";
import { curl } from "./curl.ts";
import { fetchmail } from "./fetchmail.ts";
import { getmail } from "./getmail.ts";
import { imapfilter } from "./imapfilter.ts";
import { imapflow, imapflowPlainStream } from "./imapflow.ts";
import { mbsync } from "./mbsync.ts";
import { mutt, neomutt } from "./mutt.ts";
import { nodeImap } from "./node-imap.ts";
import { offlineimap } from "./offlineimap.ts";
import { perl, perlCompressed } from "./perl.ts";
import { python } from "./python.ts";

export const everyClient: readonly Client[] = [
  curl,
  mbsync,
  offlineimap,
  getmail,
  fetchmail,
  imapfilter,
  mutt,
  neomutt,
  python,
  perl,
  perlCompressed,
  imapflow,
  imapflowPlainStream,
  nodeImap,
];
