package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.viewer.plot.PictureFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for whether and when pictures are written to a file. */
public final class SnapshotOptions {
  private static final Duration SHORTEST = Duration.ofMillis(100);

  @Option(
      names = "--snapshot",
      paramLabel = "FILE.png|.svg",
      description = "Write the picture to this file, at the end.")
  private @Nullable Path snapshot;

  @Option(
      names = "--snapshotEvery",
      paramLabel = "DURATION",
      description = "Also write --snapshot repeatedly, this long apart, such as 10s.")
  private @Nullable Duration every;

  /**
   * Checks the options.
   *
   * @throws CommandException if the file can't be written, its format is unknown, or it is to be
   *     written more than 10 times a second
   */
  public void check() {
    if (snapshot == null) {
      if (every != null) {
        throw CommandException.usage("--snapshotEvery needs --snapshot=FILE.png as well");
      }
      return;
    }
    if (!PictureFile.isNamed(snapshot)) {
      throw CommandException.usage(
          "--snapshot=" + snapshot + " has an unknown format; name a file.png or a file.svg");
    }
    Path folder = snapshot.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(snapshot)) {
      throw CommandException.usage(
          "--snapshot=" + snapshot + " can't be written; name a file in an existing folder");
    }
    if (every != null && every.compareTo(SHORTEST) < 0) {
      throw CommandException.usage("--snapshotEvery is too short; write 100ms or more");
    }
  }

  /** Where to write; null if nothing is to be written. */
  public @Nullable Path file() {
    return snapshot;
  }

  /** How long apart; null to write once, at the end. */
  public @Nullable Duration every() {
    return every;
  }
}
