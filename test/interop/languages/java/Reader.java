import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Reads letters. */
class Reader implements AutoCloseable {
  private static final Pattern SUBJECT = Pattern.compile("ENVELOPE \\(\"[^\"]*\" \"([^\"]*)\"");
  private final SSLSocket socket;
  private final BufferedReader heard;
  private int tags = 0;

  Reader(String host, int port, SSLContext tls) throws IOException {
    socket = (SSLSocket) tls.getSocketFactory().createSocket(host, port);
    var parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    heard = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    heard.readLine();
  }

  /** The subjects of the letters that are new, which are then marked as read. */
  List<String> readNew(String user, String password) throws IOException {
    send("LOGIN \"" + user + "\" \"" + password + "\"");
    send("SELECT INBOX");
    var uids = send("UID SEARCH UNSEEN").get(0).substring("* SEARCH ".length()).replace(' ', ',');
    var subjects = new ArrayList<String>();
    for (String letter : send("UID FETCH " + uids + " (FLAGS ENVELOPE)")) {
      Matcher subject = SUBJECT.matcher(letter);
      if (subject.find()) subjects.add(subject.group(1));
    }
    send("UID STORE " + uids + " +FLAGS.SILENT (\\Seen)");
    return subjects;
  }

  private List<String> send(String command) throws IOException {
    String tag = "a" + ++tags;
    socket.getOutputStream().write((tag + " " + command + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    var lines = new ArrayList<String>();
    for (String line = heard.readLine(); line != null; line = heard.readLine()) {
      if (line.startsWith(tag + " OK")) return lines;
      if (line.startsWith(tag + " ")) throw new IOException(command + ": " + line);
      lines.add(line);
    }
    throw new IOException(command + ": the server is gone");
  }

  @Override
  public void close() throws IOException {
    try (socket) {
      send("LOGOUT");
    }
  }
}
