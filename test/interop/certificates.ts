/** A throw-away CA and one server certificate signed by it, made by the openssl command. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runOrThrow } from "./process.ts";

/** Paths of PEM files. `server` is the certificate followed by its key, which is what Cyrus and Courier read. */
export interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  readonly server: string;
}

const EXTENSIONS = `[leaf]
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectAltName=DNS:localhost,DNS:imap.example.org,IP:127.0.0.1
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid
`;

/** Makes the files in `folder`, which must exist. The key is readable for every user: it protects nothing. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => runOrThrow("openssl", args, { cwd: folder });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  await writeFile(path("leaf.cnf"), EXTENSIONS);
  await openssl(
    ...["req", "-x509", ...newKey, "-keyout", "ca.key", "-out", "ca.pem", "-days", "3"],
    ...["-subj", "/CN=Interop test CA", "-addext", "keyUsage=critical,keyCertSign,cRLSign"],
  );
  await openssl("req", ...newKey, "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=imap.example.org");
  await openssl(
    ...["x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"],
    ...["-out", "leaf.pem", "-days", "3", "-extfile", "leaf.cnf", "-extensions", "leaf"],
  );
  await runOrThrow("sh", ["-c", "cat leaf.pem leaf.key >server.pem; chmod 644 *.key *.pem"], { cwd: folder });
  return {
    ca: path("ca.pem"),
    certificate: path("leaf.pem"),
    key: path("leaf.key"),
    server: path("server.pem"),
  };
}
