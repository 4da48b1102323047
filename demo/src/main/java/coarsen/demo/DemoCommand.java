package coarsen.demo;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.StopOnSignal;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.Run;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.Faults;
import coarsen.testbed.Generator;
import coarsen.testbed.GeneratorSettings;
import coarsen.testbed.Ledger;
import coarsen.viewer.FollowedOutputs;
import coarsen.viewer.ShowCommand;
import coarsen.viewer.ShowOptions;
import coarsen.viewer.ShowOptions.Show;
import coarsen.viewer.SnapshotOptions;
import coarsen.viewer.ViewOptions;
import coarsen.viewer.Viewer;
import coarsen.viewer.model.VisibleSpan;
import coarsen.viewer.plot.PictureFile;
import coarsen.viewer.plot.PlotStyle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./coarsen demo}: broker, readings, pipeline and plot in one JVM. */
@Command(
    name = "coarsen demo",
    sortOptions = false,
    description =
        "Starts a broker, random readings, the pipeline and the live plot; nothing stays behind."
            + " Without --points and --span it shows the last minute.",
    footer = "Exit codes: 0 done; 1 failed while it ran; 2 an option is wrong.")
public final class DemoCommand implements Callable<Integer> {
  private static final Location.Topic READINGS = new Location.Topic("readings");
  private static final Location RAW = new Location.Topic("raw");
  private static final Location REDUCED = new Location.Topic("reduced");
  private static final Location REJECTED = new Location.Topic("rejected");
  private static final int PARTITIONS = 4;
  private static final int ROWS_AT_THE_END = 10;
  private static final VisibleSpan A_MINUTE = new VisibleSpan.LastTime(Duration.ofMinutes(1));

  @Option(
      names = "--rate",
      defaultValue = "10",
      paramLabel = "N",
      description = "Readings a second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "End after so many seconds; else with Ctrl-C or the window.")
  private @Nullable Integer seconds;

  @Mixin private final ViewOptions options = new ViewOptions();

  @Mixin private final ShowOptions where = new ShowOptions();

  @Mixin private final SnapshotOptions snapshot = new SnapshotOptions();

  private Show show = Show.NONE;
  private VisibleSpan extent = A_MINUTE;
  private PlotStyle look = PlotStyle.DEFAULT;

  /** Runs the command and ends the JVM. */
  public static void main(String[] arguments) {
    System.exit(Commands.run(new DemoCommand(), arguments));
  }

  @Override
  public Integer call() throws Exception {
    check();
    var stop = new CountDownLatch(1);
    return StopOnSignal.call(stop::countDown, () -> run(stop));
  }

  private void check() {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw CommandException.usage("--rate=" + rate + "; it takes more than 0 readings a second");
    }
    if (seconds != null && seconds < 1) {
      throw CommandException.usage("--seconds=" + seconds + "; it takes 1 or more");
    }
    show = where.show();
    extent = options.extent(A_MINUTE);
    look = options.look();
    snapshot.check();
  }

  private int run(CountDownLatch stop) throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (var broker = EmbeddedBroker.startTemporary(0)) {
      var kafka = new KafkaClients(broker.bootstrapServers());
      try (var topics = new Topics(kafka)) {
        var unused = topics.ensure(READINGS.name(), PARTITIONS, line -> {});
      }
      Run run = Run.start(pipeline(kafka), "DirectRunner");
      // Whatever ends by itself has failed.
      var running =
          CompletableFuture.supplyAsync(run::await, threads)
              .whenComplete((report, failure) -> stop.countDown());
      var generator = new Generator(readings(kafka), line -> {});
      var generating =
          CompletableFuture.supplyAsync(generator::run, threads)
              .whenComplete((ledger, failure) -> stop.countDown());
      System.out.println(
          "Kafka is at " + kafka.bootstrapServers() + "; in another terminal you can try");
      System.out.println(
          "  ./coarsen show --reduced="
              + REDUCED
              + " --bootstrapServers="
              + kafka.bootstrapServers());
      try {
        watch(kafka, stop, threads);
      } finally {
        generator.close();
        Ledger made = result(generating);
        run.stop();
        System.out.println("made %,d readings".formatted(made.made()));
        System.out.println(result(running));
      }
      return lastRows(kafka);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Draws until the time is over, the window is closed, or something ends. */
  private void watch(KafkaClients kafka, CountDownLatch stop, ExecutorService threads)
      throws InterruptedException {
    try (Viewer viewer = Viewer.open(new FollowedOutputs(RAW, REDUCED, REJECTED, kafka), extent)) {
      Path file = snapshot.file();
      if (file != null && snapshot.every() != null) {
        viewer.writeSnapshots(look, file, snapshot.every());
      }
      if (show == Show.WINDOW) {
        viewer.showWindow(look);
        var unused =
            CompletableFuture.runAsync(() -> awaitWindowClosed(viewer), threads)
                .whenComplete((closed, failure) -> stop.countDown());
      } else if (show == Show.WEB) {
        where.servePage(viewer, options.pageLook());
      }
      if (seconds == null) {
        System.out.println("Ctrl-C ends it");
        stop.await();
      } else if (!stop.await(seconds, TimeUnit.SECONDS)) {
        System.out.println("%d seconds are over".formatted(seconds));
      }
    }
  }

  /** What view and show, each a reader of its own, make of the outputs. */
  private int lastRows(KafkaClients kafka) {
    String at = "--bootstrapServers=" + kafka.bootstrapServers();
    Path file = snapshot.file();
    if (file != null) {
      PictureFile.write(
          new FollowedOutputs(RAW, REDUCED, REJECTED, kafka).pictureNow(extent), look, file);
    }
    return Commands.run(new ShowCommand(), "--reduced=" + REDUCED, at, "--last=" + ROWS_AT_THE_END);
  }

  private RunSettings pipeline(KafkaClients kafka) {
    return new RunSettings(
        new RunSettings.Source(kafka, READINGS.name(), RunSettings.From.EARLIEST, false),
        JsonFormat.DEFAULT,
        EventTimeRules.DEFAULT,
        RunSettings.Outputs.of(RAW, REDUCED, REJECTED),
        RunSettings.DEFAULT_MAX_BATCH,
        List.of());
  }

  private GeneratorSettings readings(KafkaClients kafka) {
    return new GeneratorSettings(
        kafka,
        READINGS.name(),
        PARTITIONS,
        GeneratorSettings.ENDLESS,
        rate,
        null,
        Faults.NONE,
        new SplittableRandom().nextLong());
  }

  private static void awaitWindowClosed(Viewer viewer) {
    try {
      viewer.awaitWindowClosed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
