import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderTest {
  @Test
  void newLettersAreReadAndMarkedSo(@TempDir Path folder) throws Exception {
    try (var replay = new Replay("inbox.imapcap", folder);
        var reader = new Reader("localhost", replay.port, replay.tls())) {
      assertEquals(List.of("Lunch on Thursday?", "Release notes for 2.4"), reader.readNew("alice", "any"));
    }
  }
}
