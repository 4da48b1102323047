package coarsen.pipeline.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.pipeline.scope.RunId;
import coarsen.records.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenSinksTest {
  @TempDir Path folder;

  private final OpenSinks sinks =
      new OpenSinks(destination -> OpenSinks.open(destination, failure -> {}));

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
    Reading.write(rows.text(), 0, 1, null, 0, 0, 0, 0, false);
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

  /** A sink that takes note of what is done to it, and may block at its opening and its close. */
  private static final class RecordingSink implements RowSink {
    private final String kind;
    private final List<String> done;
    private final CountDownLatch mayClose;

    RecordingSink(String kind, List<String> done, CountDownLatch mayClose) {
      this.kind = kind;
      this.done = done;
      this.mayClose = mayClose;
    }

    @Override
    public void write(RowBuffer rows) {
      done.add("write " + kind);
    }

    @Override
    public void endBundle() {}

    @Override
    public Duration keptUnused() {
      return Duration.ZERO;
    }

    @Override
    public void close() {
      await(mayClose);
      done.add("close " + kind);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theEndClosesReducedSinksBeforeTheirReadings() {
    List<String> done = new ArrayList<>();
    var closable = new CountDownLatch(0);
    var recording =
        new OpenSinks(destination -> new RecordingSink(destination.kind(), done, closable));
    for (String kind : List.of("raw", "rejected", "reduced")) {
      recording.use(destination(kind));
    }
    recording.close();
    assertEquals(3, done.size());
    assertEquals("close reduced", done.get(0));
  }

  @Test
  void noSinkWaitsWhileAnotherIsOpenedOrClosed() throws Exception {
    List<String> done = Collections.synchronizedList(new ArrayList<>());
    var opening = new CountDownLatch(1);
    var mayOpen = new CountDownLatch(1);
    var mayClose = new CountDownLatch(1);
    var recording =
        new OpenSinks(
            destination -> {
              boolean slow = destination.kind().equals("raw");
              if (slow) {
                opening.countDown();
                await(mayOpen);
              }
              return new RecordingSink(
                  destination.kind(), done, slow ? mayClose : new CountDownLatch(0));
            });
    CompletableFuture<Void> raw =
        CompletableFuture.runAsync(
            () -> {
              recording.use(destination("raw"));
              recording.release(destination("raw"));
            });
    await(opening);
    writeElsewhere(recording);
    mayOpen.countDown();
    writeElsewhere(recording);
    assertEquals(List.of("write reduced", "close reduced"), done.subList(0, 2));
    assertEquals(List.of("write reduced", "close reduced"), done.subList(2, 4));
    mayClose.countDown();
    raw.get(60, TimeUnit.SECONDS);
    assertEquals("close raw", done.get(4));
  }

  private void writeElsewhere(OpenSinks recording) throws Exception {
    CompletableFuture.runAsync(
            () -> {
              recording.use(destination("reduced")).write(row());
              recording.release(destination("reduced"));
            })
        .get(60, TimeUnit.SECONDS);
  }

  @Test
  void aRunThatHasEndedOpensNoSink() {
    sinks.close();
    assertThrows(IllegalStateException.class, () -> sinks.use(destination("raw")));
  }
}
