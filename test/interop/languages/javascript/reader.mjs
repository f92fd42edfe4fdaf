import { once } from "node:events";
import { promisify } from "node:util";
import Imap from "imap";

/** The subjects of the letters that are new, which are then marked as read. */
export async function readNew({ host, port, ca, user, password }) {
  const client = new Imap({ host, port, user, password, tls: true, tlsOptions: { ca, servername: host } });
  client.connect();
  await once(client, "ready");
  try {
    await promisify(client.openBox.bind(client))("INBOX");
    const uids = await promisify(client.search.bind(client))(["UNSEEN"]);
    const subjects = [];
    const letters = client.fetch(uids, { envelope: true });
    letters.on("message", (letter) => {
      letter.once("attributes", ({ envelope }) => subjects.push(envelope.subject));
    });
    await once(letters, "end");
    await promisify(client.addFlags.bind(client))(uids, "\\Seen");
    return subjects;
  } finally {
    client.end();
    await once(client, "close");
  }
}
