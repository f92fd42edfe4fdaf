/** The reader of mails, loaded when it is first needed: it is large, and most sessions never open a mail. */
import { loadMailReader, type MailReader } from "../details/read-mail.ts";

export interface LaterMailReader {
  readonly load: () => Promise<MailReader>;
  /** Gives the text back as it is until the reader is there, which is asked for then. */
  readonly decodeWords: (text: string) => string;
  readonly isReady: () => boolean;
}

const ENCODED = /=\?[^?\s]+\?[bq]\?/i;

/** `onReady` is called when encoded words can be decoded that could not be before. */
export function createMailReader(onReady: () => void): LaterMailReader {
  let loading: Promise<MailReader> | undefined;
  let reader: MailReader | undefined;

  function load(): Promise<MailReader> {
    loading ??= loadMailReader().then((loaded) => {
      reader = loaded;
      onReady();
      return loaded;
    });
    return loading;
  }

  return {
    load,
    isReady: () => reader !== undefined,
    decodeWords: (text) => {
      if (!ENCODED.test(text)) return text;
      if (reader === undefined) void load();
      return reader?.decodeWords(text) ?? text;
    },
  };
}
