package coarsen.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.command.CommandException;
import coarsen.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCodecsTest {
  private static final String FOLDER = System.getProperty("java.io.tmpdir");

  @TempDir Path folder;

  @AfterEach
  void restore() {
    System.setProperty("java.io.tmpdir", FOLDER);
  }

  private static String explain(Throwable cause) {
    cause.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement(
              "org.apache.kafka.common.compress.ZstdCompression", "wrapForInput", "Zstd.java", 1)
        });
    return NativeCodecs.explain(new KafkaException("poll", new KafkaException(cause)))
        .orElseThrow();
  }

  @Test
  void aTemporaryFolderThatCannotBeUsedIsNamedBeforeAnythingStarts() throws IOException {
    NativeCodecs.checkFolder();
    Path file = Files.createFile(folder.resolve("file"));
    System.setProperty("java.io.tmpdir", file.toString());
    var failure = assertThrows(CommandException.class, NativeCodecs::checkFolder);
    assertEquals(ExitCode.UNAVAILABLE, failure.exitCode());
    assertEquals(
        "java.io.tmpdir="
            + file
            + " is not a folder; set COARSEN_JAVA_OPTS=-Djava.io.tmpdir=DIR to a folder that"
            + " libraries can be unpacked to and loaded from",
        failure.getMessage());
  }

  @Test
  void aTemporaryFolderThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing");
    System.setProperty("java.io.tmpdir", missing.toString());
    String line = explain(new NoClassDefFoundError("Could not initialize class Zstd"));
    assertTrue(
        line.startsWith(
            "a compression codec can't load its library: java.io.tmpdir="
                + missing
                + " is not a folder (Could not initialize class Zstd); set COARSEN_JAVA_OPTS"),
        line);
  }

  @Test
  void ofAFolderThatNothingCanBeLoadedFromTheCauseIsNamed() {
    System.setProperty("java.io.tmpdir", folder.toString());
    String line = explain(new UnsatisfiedLinkError("libzstd.so: failed to map segment\nmore"));
    assertTrue(
        line.contains(
            "java.io.tmpdir="
                + folder
                + " is perhaps mounted noexec (libzstd.so: failed to map segment)"),
        line);
    assertEquals(1, line.lines().count());
  }

  @Test
  void otherFailuresAreNotOfACodec() {
    assertEquals(Optional.empty(), NativeCodecs.explain(new KafkaException("no")));
    assertEquals(
        Optional.empty(), NativeCodecs.explain(new KafkaException(new OutOfMemoryError())));
    assertEquals(
        Optional.empty(),
        NativeCodecs.explain(new NoClassDefFoundError("a jar is missing")),
        "it is not thrown by a codec");
  }
}
