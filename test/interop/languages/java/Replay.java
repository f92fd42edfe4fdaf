import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A capture, served by imapscope until it is closed. */
class Replay implements AutoCloseable {
  private final Path folder;
  private final Process process;
  final int port;

  Replay(String capture, Path folder) throws Exception {
    this.folder = folder;
    Path portFile = folder.resolve("port");
    process =
        new ProcessBuilder("imapscope", "replay", capture, "--port-file", "" + portFile, "--ca-dir", "" + folder)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("report").toFile())
            .start();
    while (!Files.exists(portFile) || !Files.readString(portFile).endsWith("\n")) {
      if (!process.isAlive()) throw new IOException(report());
      Thread.sleep(20);
    }
    port = Integer.parseInt(Files.readString(portFile).strip());
  }

  /** Trusts the CA of imapscope. */
  SSLContext tls() throws Exception {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    try (var pem = Files.newInputStream(folder.resolve("imapscope-ca.pem"))) {
      trusted.setCertificateEntry("imapscope", CertificateFactory.getInstance("X.509").generateCertificate(pem));
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  /** Fails with the report where the client did something else than the recorded one. */
  @Override
  public void close() throws Exception {
    process.destroy();
    if (process.waitFor() != 0) throw new AssertionError(report());
  }

  private String report() throws IOException {
    return Files.readString(folder.resolve("report"));
  }
}
