package coarsen.pipeline.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.pipeline.scope.RunId;
import coarsen.records.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSinksTest {
  @TempDir Path folder;

  private final OpenSinks sinks = new OpenSinks(failure -> {});

  @BeforeEach
  void knowFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private Destination destination(String kind) {
    return new Destination(
        kind,
        new Location.Files(folder.resolve(kind).toString()),
        new KafkaClients("127.0.0.1:1"),
        new JsonRows(),
        Duration.ofHours(1),
        new RunId("job", 0));
  }

  private static RowBuffer row() {
    var rows = new RowBuffer(false);
    Reading.write(rows.text(), 0, 1, 0, 0, 0, false);
    rows.end(0, () -> "unused");
    return rows;
  }

  private long files(String kind) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(kind))) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).count();
    }
  }

  @Test
  void aDestinationHasOneSinkWhateverTheNumberOfUsers() throws IOException {
    RowSink first = sinks.use(destination("raw"));
    Destination copy = SerializableUtils.clone(destination("raw"));
    assertSame(first, sinks.use(copy), "engines copy DoFns with all they hold");
    assertNotSame(first, sinks.use(destination("reduced")));
    first.write(row());
    sinks.release(destination("raw"));
    assertEquals(0, files("raw"), "it still has a user");
    sinks.release(destination("raw"));
    assertEquals(1, files("raw"));
  }

  @Test
  void theEndClosesAllSinksAlsoWhenOneFails() throws IOException {
    Files.writeString(folder.resolve("raw"), "a file in the way");
    RowSink raw = sinks.use(destination("raw"));
    sinks.use(destination("reduced")).write(row());
    sinks.use(destination("rejected")).write(row());
    assertThrows(OutputException.class, () -> raw.write(row()));
    assertThrows(OutputException.class, sinks::close);
    assertEquals(1, files("reduced"));
    assertEquals(1, files("rejected"));
  }

  @Test
  void aFailureThatOnlyATeardownSawIsReportedAtTheEnd() throws IOException {
    Files.writeString(folder.resolve("raw"), "a file in the way");
    RowSink raw = sinks.use(destination("raw"));
    assertThrows(OutputException.class, () -> raw.write(row()));
    assertThrows(OutputException.class, () -> sinks.release(destination("raw")));
    assertThrows(OutputException.class, sinks::close);
  }

  @Test
  void anEngineThatStartsAgainLearnsOfTheFailureOnceAndThenGetsANewSink() throws IOException {
    Files.writeString(folder.resolve("raw"), "a file in the way");
    RowSink broken = sinks.use(destination("raw"));
    assertThrows(OutputException.class, () -> broken.write(row()));
    assertThrows(OutputException.class, () -> sinks.release(destination("raw")));
    Files.delete(folder.resolve("raw"));
    assertThrows(
        OutputException.class,
        () -> sinks.use(destination("raw")),
        "Spark closes sinks at the end of each micro-batch and ignores what that throws");
    sinks.use(destination("raw")).write(row());
    sinks.release(destination("raw"));
    sinks.close();
    assertEquals(1, files("raw"));
  }

  @Test
  void aRunThatHasEndedOpensNoSink() {
    sinks.close();
    assertThrows(IllegalStateException.class, () -> sinks.use(destination("raw")));
  }
}
