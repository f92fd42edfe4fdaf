/** A TLS listener on the loopback address for programs that are to say whether they trust its certificate. */
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:tls";
import type { LeafPairs } from "./client-context.ts";

export interface TrustListener {
  /** Of 127.0.0.1. */
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** An answer for those who cannot shake hands without asking something: whatever they ask, there is nothing here. */
const NOTHING = "HTTP/1.0 204 No Content\r\n\r\n";

export async function startTrustListener({ keys, certificates }: LeafPairs): Promise<TrustListener> {
  /** Those of TCP: one may be left whose handshake is not through yet. */
  const sockets = new Set<Socket>();
  const server = createServer({ key: [...keys], cert: [...certificates] }, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(NOTHING));
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", (_error, socket) => void socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
