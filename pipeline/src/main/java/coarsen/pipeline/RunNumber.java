package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.outputs.RowFileName;
import coarsen.outputs.RowFiles;
import coarsen.outputs.RowHandler;
import coarsen.outputs.Tails;
import coarsen.pipeline.write.BeamRowFolder;
import coarsen.records.Reading;
import coarsen.records.Rejected;
import coarsen.records.WindowSummary;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the number of a run: one more than the greatest that rows on its outputs have, so that no
 * two rows of different runs have one name. Not all rows are read: the names of files have the
 * number, and in each partition of a topic the newest rows have the greatest.
 */
final class RunNumber {
  private static final Logger LOG = LoggerFactory.getLogger(RunNumber.class);

  /** Of each partition of a topic; more than one, because the last offsets may be no rows. */
  private static final long NEWEST_ROWS = 1_000;

  private final KafkaClients kafka;
  private int greatest = -1;

  private RunNumber(KafkaClients kafka) {
    this.kafka = kafka;
  }

  /**
   * The number of the next run on some outputs. A topic with messages that this user may write but
   * not read counts as empty, with a warning.
   *
   * @param kafka where the outputs that are topics are; the topics are there
   * @throws CommandException if an output can't be read
   */
  static int next(RunSettings.Outputs outputs, KafkaClients kafka) {
    var number = new RunNumber(kafka);
    number.look(outputs.raw(), row -> Reading.parse(row, 0, row.length).run());
    number.look(outputs.reduced(), row -> WindowSummary.parse(row, 0, row.length).version().run());
    number.look(outputs.rejected(), row -> Rejected.parse(row, 0, row.length).run());
    return number.greatest + 1;
  }

  private void look(@Nullable Location output, ToIntFunction<byte[]> run) {
    RowHandler rows =
        (bytes, offset, length) -> {
          try {
            found(run.applyAsInt(Arrays.copyOfRange(bytes, offset, offset + length)));
          } catch (IllegalArgumentException e) {
            LOG.warn("{} holds something else than rows: {}", output, e.getMessage());
          }
        };
    if (output instanceof Location.Topic topic) {
      look(topic, rows);
    } else if (output instanceof Location.Files files) {
      look(files, rows);
    }
  }

  private void look(Location.Topic topic, RowHandler rows) {
    try {
      Tails.readNow(topic, kafka, NEWEST_ROWS, rows);
    } catch (CommandException e) {
      if (!(e.getCause() instanceof TopicAuthorizationException)) {
        throw e;
      }
      LOG.warn(
          "this user may not read {}, so this run can't see the run numbers of the rows there and"
              + " may take one again; permit READ, or write to an empty topic",
          topic);
    }
  }

  private void look(Location.Files files, RowHandler rows) {
    var folder = new BeamRowFolder(files);
    try {
      boolean allNamed = true;
      for (String name : folder.names()) {
        Optional<RowFileName> written = RowFileName.parse(name);
        written.ifPresent(file -> found(file.run()));
        allNamed &= written.isPresent() || !RowFileName.isVisible(name);
      }
      if (!allNamed) { // Somebody has renamed or merged files.
        RowFiles.readAll(folder, rows);
      }
    } catch (IOException e) {
      throw CommandException.unavailable("can't read " + files + ": " + e.getMessage(), e);
    }
  }

  private void found(int run) {
    greatest = Math.max(greatest, run);
  }
}
