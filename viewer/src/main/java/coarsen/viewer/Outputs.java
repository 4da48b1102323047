package coarsen.viewer;

import coarsen.command.CommandException;
import coarsen.command.Location;
import coarsen.viewer.model.ViewModel;
import coarsen.viewer.tail.Sources;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a viewer follows.
 *
 * @param raw where raw rows are: a topic or a folder of this machine
 * @param reduced where reduced rows are
 * @param rejected where rejected rows are, which are only counted; null not to follow them
 * @param bootstrapServers {@code HOST:PORT} of a broker; null if none of them is a topic
 */
public record Outputs(
    Location raw,
    Location reduced,
    @Nullable Location rejected,
    @Nullable String bootstrapServers) {

  /**
   * Checks what can be checked without opening anything.
   *
   * @throws CommandException if a topic comes without a broker's address, or a folder is not on
   *     this machine
   */
  void check() {
    Sources.check("--raw", raw, bootstrapServers);
    Sources.check("--reduced", reduced, bootstrapServers);
    if (rejected != null) {
      Sources.check("--rejected", rejected, bootstrapServers);
    }
  }

  /** A model of them, empty. */
  ViewModel model() {
    return new ViewModel(
        InstantSource.system(),
        raw.toString(),
        reduced.toString(),
        rejected == null ? null : rejected.toString());
  }
}
