package coarsen.viewer.window;

import coarsen.command.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/** Saves files into one folder, named by the time, and never over another. */
final class Saver {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'coarsen-'yyyyMMdd-HHmmss", Locale.ROOT);

  private final Path folder;
  private final InstantSource clock;
  private final ZoneId zone;

  Saver(Path folder, InstantSource clock, ZoneId zone) {
    this.folder = folder;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Saves something.
   *
   * @param suffix of the file's name, such as {@code .png}
   * @param write writes the file
   * @return what to tell of it, also if it can't be saved
   */
  String save(String suffix, Consumer<Path> write) {
    Path file = free(suffix);
    try {
      write.accept(file);
      return "saved " + file;
    } catch (CommandException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Path free(String suffix) {
    String name = NAME.withZone(zone).format(clock.instant());
    Path file = folder.resolve(name + suffix);
    for (int i = 2; Files.exists(file); i++) {
      file = folder.resolve(name + "-" + i + suffix);
    }
    return file;
  }
}
