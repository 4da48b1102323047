package coarsen.kafka;

import coarsen.command.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The codecs that unpack a native library into the folder for temporary files when they are first
 * used: zstd and snappy. Messages are decompressed with them, and Beam uses snappy in any case.
 */
public final class NativeCodecs {
  private static final String SNAPPY_ERROR = "org.xerial.snappy.SnappyError";
  private static final List<String> CODECS =
      List.of("org.xerial.snappy.", "com.github.luben.zstd.", "org.apache.kafka.common.compress.");
  private static final String REMEDY =
      "; set COARSEN_JAVA_OPTS=-Djava.io.tmpdir=DIR to a folder that libraries can be unpacked to"
          + " and loaded from";

  private NativeCodecs() {}

  /**
   * Checks that the folder for temporary files can be written.
   *
   * @throws CommandException if it can't
   */
  public static void checkFolder() {
    fault()
        .ifPresent(
            fault -> {
              throw CommandException.unavailable(fault + REMEDY, null);
            });
  }

  /** What to say of a failure, in one line; empty if it is not that of a codec's library. */
  public static Optional<String> explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isOfCodec(cause)) {
        String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        String fault = fault().orElseGet(() -> setting() + " is perhaps mounted noexec");
        return Optional.of(
            "a compression codec can't load its library: " + fault + " (" + said + ")" + REMEDY);
      }
    }
    return Optional.empty();
  }

  private static boolean isOfCodec(Throwable failure) {
    return (failure instanceof LinkageError || failure.getClass().getName().equals(SNAPPY_ERROR))
        && Arrays.stream(failure.getStackTrace())
            .anyMatch(frame -> CODECS.stream().anyMatch(frame.getClassName()::startsWith));
  }

  private static Optional<String> fault() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir", ""));
    if (!Files.isDirectory(folder)) {
      return Optional.of(setting() + " is not a folder");
    }
    try {
      Files.delete(Files.createTempFile(folder, "coarsen", null));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(setting() + " can't be written");
    }
  }

  private static String setting() {
    return "java.io.tmpdir=" + System.getProperty("java.io.tmpdir");
  }
}
