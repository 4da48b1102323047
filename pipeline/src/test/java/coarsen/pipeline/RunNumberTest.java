package coarsen.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.records.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outputs in folders; RunIT has those in topics. */
class RunNumberTest {
  private static final KafkaClients NO_KAFKA = new KafkaClients("127.0.0.1:1");

  @TempDir Path folder;

  @BeforeEach
  void knowFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private int next() {
    return RunNumber.next(
        RunSettings.Outputs.of(
            new Location.Files(folder.resolve("raw").toString()),
            new Location.Files(folder.resolve("reduced").toString()),
            null),
        NO_KAFKA);
  }

  private void file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void theFirstRunOnOutputsIsRunZero() throws IOException {
    assertEquals(0, next(), "the folders are not there");
    Files.createDirectories(folder.resolve("raw"));
    assertEquals(0, next(), "a folder is empty");
  }

  @Test
  void theNumberIsOneMoreThanTheGreatestInAnyOutput() throws IOException {
    file("raw/raw-3-01ab23cd-000000.jsonl", "");
    file("raw/raw-11-01ab23cd-000007.jsonl", "");
    file("reduced/reduced-4-01ab23cd-000000.jsonl", "");
    assertEquals(12, next());
  }

  @Test
  void aRunThatWasKilledBeforeItsFirstFileWasVisibleCounts() throws IOException {
    file("reduced/.reduced-4-01ab23cd-000000.jsonl", "");
    assertEquals(5, next());
  }

  @Test
  void filesUnderOtherNamesAreRead() throws IOException {
    file("raw/raw-3-01ab23cd-000000.jsonl", "");
    file("raw/merged.jsonl", new Reading(0, 1, 0, 0, 8, false).toJson() + "\nnot a row\n");
    file("raw/README", new Reading(0, 1, 0, 0, 99, false).toJson() + "\n");
    assertEquals(9, next());
  }
}
