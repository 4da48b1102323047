package coarsen.pipeline.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.kafka.KafkaClients;
import coarsen.outputs.Location;
import coarsen.pipeline.scope.RunId;
import coarsen.records.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {
  private static final Duration LONG = Duration.ofHours(1);

  @TempDir Path folder;

  private final CompletableFuture<RuntimeException> failure = new CompletableFuture<>();

  @BeforeEach
  void knowFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private FileSink sink(Duration rollover) {
    return sink(folder.resolve("raw").toString(), rollover);
  }

  private FileSink sink(String directory, Duration rollover) {
    return sink(directory, rollover, failure::complete);
  }

  private static FileSink sink(
      String directory, Duration rollover, Consumer<RuntimeException> whenFailed) {
    var location = new Location.Files(directory);
    var kafka = new KafkaClients("127.0.0.1:1");
    return new FileSink(
        location,
        new Destination("raw", location, kafka, new JsonRows(), rollover, new RunId("job", 3)),
        whenFailed);
  }

  private static RowBuffer row(int offset) {
    var rows = new RowBuffer(false);
    Reading.write(rows.text(), 0, 1, null, 0, offset, 0, 3, false);
    rows.end(0, () -> "unused");
    return rows;
  }

  private List<Path> files(boolean hidden) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("raw"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(".") == hidden)
          .sorted()
          .toList();
    }
  }

  @Test
  void aFileBecomesVisibleWholeWhenItIsClosed() throws IOException {
    FileSink sink = sink(LONG);
    sink.write(row(0));
    sink.write(row(1));
    assertEquals(0, files(false).size());
    assertEquals(1, files(true).size());
    sink.close();
    assertEquals(0, files(true).size());
    Path file = files(false).get(0);
    assertTrue(file.getFileName().toString().matches("raw-3-[0-9a-f]{8}-000000\\.jsonl"));
    assertEquals(2, Files.readAllLines(file).size());
  }

  @Test
  void aFileBecomesVisibleAfterItsTimeAlsoWhenNothingMoreComes() throws IOException {
    FileSink sink = sink(Duration.ofMillis(20));
    sink.write(row(0));
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          while (files(false).isEmpty()) {
            Thread.onSpinWait();
          }
        });
    sink.write(row(1));
    sink.close();
    assertEquals(2, files(false).size());
  }

  @Test
  void aSinkWithoutRowsMakesNoFile() {
    sink(LONG).close();
    assertTrue(Files.notExists(folder.resolve("raw")));
  }

  @Test
  void aFolderThatCannotBeWrittenIsToldAndNothingIsLostInSilence() throws IOException {
    Files.writeString(folder.resolve("raw"), "a file in the way");
    FileSink sink = sink(LONG);
    var failure = assertThrows(RuntimeException.class, () -> sink.write(row(0)));
    assertTrue(failure.getMessage().startsWith("can't write rows to"), failure.getMessage());
    assertThrows(RuntimeException.class, sink::endBundle);
    assertThrows(RuntimeException.class, sink::close);
  }

  @Test
  void aFileThatCannotBeFinishedIsNeverShown() throws IOException {
    FileSink sink = sink(LONG);
    sink.write(row(0));
    Files.delete(files(true).get(0));
    assertThrows(RuntimeException.class, sink::close);
    assertEquals(0, files(false).size());
  }

  @Test
  void aFlushThatFailsWhileNoRowComesIsReportedAtOnce() throws Exception {
    FileSink sink = sink(Duration.ofMillis(200));
    sink.write(row(0));
    Files.delete(files(true).get(0));
    RuntimeException reported = failure.get(20, TimeUnit.SECONDS);
    assertEquals(OutputException.class, reported.getClass());
    assertTrue(reported.getMessage().startsWith("can't write rows to files:"));
    assertThrows(OutputException.class, sink::close);
  }

  @Test
  void theRunThatEndsBecauseOfAFailedFlushCanCloseTheSink() throws Exception {
    var sink = new CompletableFuture<FileSink>();
    sink.complete(
        sink(
            "faulty://full/raw",
            Duration.ofMillis(50),
            reported -> {
              assertThrows(OutputException.class, () -> sink.join().close());
              failure.complete(reported);
            }));
    sink.join().write(row(0));
    RuntimeException reported = failure.get(20, TimeUnit.SECONDS);
    assertEquals(OutputException.class, reported.getClass());
  }

  @Test
  void anUncheckedExceptionOfTheFileSystemInAFlushIsReportedAsWell() throws Exception {
    FileSink sink = sink("faulty://unchecked/raw", Duration.ofMillis(50));
    sink.write(row(0));
    RuntimeException reported = failure.get(20, TimeUnit.SECONDS);
    assertEquals(
        "can't write rows to files:faulty://unchecked/raw: the store has failed",
        reported.getMessage());
    assertThrows(OutputException.class, () -> sink.write(row(1)));
    assertThrows(OutputException.class, sink::close);
  }

  @Test
  void aFullDiskIsReportedWithTheOutput() throws Exception {
    FileSink sink = sink("faulty://full/raw", Duration.ofMillis(50));
    sink.write(row(0));
    String full = "can't write rows to files:faulty://full/raw: No space left on device";
    assertEquals(full, failure.get(20, TimeUnit.SECONDS).getMessage());
    var refused = assertThrows(OutputException.class, () -> sink.write(row(1)));
    assertEquals(full, refused.getMessage());
    assertThrows(OutputException.class, sink::close);
  }

  @Test
  void aClosedSinkTakesNothing() {
    FileSink sink = sink(LONG);
    sink.close();
    assertThrows(IllegalStateException.class, () -> sink.write(row(0)));
  }

  @Test
  void rowsThatMeetTheCloseAreInAFileOrRefused() throws Exception {
    for (int round = 0; round < 200; round++) {
      FileSink sink = sink(LONG);
      var taken = new AtomicInteger();
      var started = new CountDownLatch(1);
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                while (true) {
                  sink.write(row(taken.get()));
                  taken.incrementAndGet();
                  started.countDown();
                }
              });
      started.await();
      sink.close();
      var refused = assertThrows(CompletionException.class, writer::join);
      assertEquals(IllegalStateException.class, refused.getCause().getClass());
      assertEquals(List.of(), files(true));
      Path file = files(false).get(0);
      assertEquals(taken.get(), Files.readAllLines(file).size());
      Files.delete(file);
    }
  }
}
