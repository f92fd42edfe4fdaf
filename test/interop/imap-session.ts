/** The smallest IMAP client that can fill a server and list it: one command at a time, over plain TCP. */
import { connect, type Socket } from "node:net";

export class ImapSession {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #wake: (() => void) | undefined;
  #closed = false;
  #tags = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (data: Buffer) => {
      this.#received = Buffer.concat([this.#received, data]);
      this.#wake?.();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#closed = true;
      this.#wake?.();
    });
  }

  /** Connects to a port of 127.0.0.1, reads the greeting and logs in. */
  static async open(port: number, user: string, password: string): Promise<ImapSession> {
    const session = new ImapSession(connect({ port, host: "127.0.0.1", noDelay: true }));
    await session.#until(/^\* .*\r\n/);
    await session.command(`LOGIN "${user}" "${password}"`);
    return session;
  }

  /** Sends a command, its literal if there is one, and resolves with all that came up to the tagged OK. */
  async command(line: string, literal?: Buffer): Promise<string> {
    this.#tags += 1;
    const tag = `S${this.#tags}`;
    if (literal === undefined) {
      this.#socket.write(`${tag} ${line}\r\n`);
    } else {
      this.#socket.write(`${tag} ${line} {${literal.length}}\r\n`);
      await this.#until(/^\+.*\r\n/m);
      this.#socket.write(Buffer.concat([literal, Buffer.from("\r\n")]));
    }
    const answer = await this.#until(new RegExp(`^${tag} .*\\r\\n`, "m"));
    if (!new RegExp(`^${tag} OK`, "m").test(answer)) {
      const status = answer.trim().split("\r\n").at(-1);
      if (!(line.startsWith("CREATE") && /EXISTS/i.test(answer))) throw new Error(`${line}: ${status}`);
    }
    return answer;
  }

  async close(): Promise<void> {
    await this.command("LOGOUT").catch(() => undefined);
    this.#socket.destroy();
  }

  async #until(pattern: RegExp): Promise<string> {
    for (;;) {
      const text = this.#received.toString("latin1");
      const match = pattern.exec(text);
      if (match !== null) {
        const end = match.index + match[0].length;
        this.#received = this.#received.subarray(end);
        return text.slice(0, end);
      }
      if (this.#closed) throw new Error(`the server closed the connection: ${text.slice(0, 300)}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
