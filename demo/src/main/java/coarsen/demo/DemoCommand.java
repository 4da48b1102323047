package coarsen.demo;

import coarsen.command.CommandException;
import coarsen.command.Commands;
import coarsen.command.StopOnSignal;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.format.SeriesFields;
import coarsen.pipeline.time.EventTimeRules;
import coarsen.testbed.EmbeddedBroker;
import coarsen.testbed.Faults;
import coarsen.testbed.GeneratorSettings;
import coarsen.testbed.Pace;
import coarsen.testbed.Shape;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./coarsen demo}: broker, generator, pipeline and plot in one JVM. */
@Command(
    name = "coarsen demo",
    sortOptions = false,
    description =
        "Runs a broker, a simulated sensor, the pipeline and the live plot, and leaves"
            + " nothing behind. Shows the last minute unless --points or --span is given.",
    footer = "Exit codes: 0 done; 1 failed while it ran; 2 an option is wrong.")
public final class DemoCommand implements Callable<Integer> {
  private static final Location.Topic READINGS = new Location.Topic("readings");
  private static final Location RAW = new Location.Topic("raw");
  private static final Location REDUCED = new Location.Topic("reduced");
  private static final Location REJECTED = new Location.Topic("rejected");
  private static final String DEVICE = "device";
  private static final int PARTITIONS = 4;
  private static final int FINAL_ROWS = 10;
  private static final VisibleSpan LAST_MINUTE = new VisibleSpan.LastTime(Duration.ofMinutes(1));

  @Option(
      names = "--rate",
      defaultValue = "10",
      paramLabel = "N",
      description = "Readings a second (default: ${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--shape",
      paramLabel = "wave|uniform",
      defaultValue = "wave",
      description =
          "A slow wave with noise, steps and spikes, or random values from 0 to 99 (default:"
              + " ${DEFAULT-VALUE}).")
  private Shape shape = Shape.WAVE;

  @Option(
      names = "--series",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Devices that send, each with values of its own and a series of means"
              + " (default: ${DEFAULT-VALUE}).")
  private int series;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "End after N seconds (default: on Ctrl-C, or when the window is closed).")
  private @Nullable Integer seconds;

  @Mixin private final ViewOptions options = new ViewOptions();

  @Mixin private final ShowOptions where = new ShowOptions();

  @Mixin private final SnapshotOptions snapshot = new SnapshotOptions();

  private Show show = Show.NONE;
  private VisibleSpan extent = LAST_MINUTE;
  private PlotStyle look = PlotStyle.DEFAULT;

  /** Runs the command and ends the JVM. */
  public static void main(String[] arguments) {
    EmbeddedBroker.quietLogs();
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
    if (series < 1 || series > GeneratorSettings.MAX_SERIES) {
      throw CommandException.usage(
          "--series=" + series + "; it takes 1 to " + GeneratorSettings.MAX_SERIES + " devices");
    }
    if (seconds != null && seconds < 1) {
      throw CommandException.usage("--seconds=" + seconds + "; it takes 1 or more");
    }
    show = where.show();
    extent = options.extent(LAST_MINUTE);
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
      var background =
          new BackgroundRun(pipeline(kafka), readings(kafka), threads, stop::countDown);
      try {
        System.out.println("Kafka is at " + kafka.bootstrapServers() + "; in another terminal try");
        System.out.println(
            "  ./coarsen show --reduced="
                + REDUCED
                + " --bootstrapServers="
                + kafka.bootstrapServers());
        draw(kafka, stop, threads);
      } finally {
        background.stop();
      }
      return showFinalRows(kafka);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Draws until the time is up, the window is closed, or generator or pipeline ends. */
  private void draw(KafkaClients kafka, CountDownLatch stop, ExecutorService threads)
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
        System.out.println("press Ctrl-C to end the demo");
        stop.await();
      } else if (!stop.await(seconds, TimeUnit.SECONDS)) {
        System.out.println("ended after " + seconds + " seconds");
      }
    }
  }

  /** Writes the snapshot and prints the last rows, both read anew from the outputs. */
  private int showFinalRows(KafkaClients kafka) {
    Path file = snapshot.file();
    if (file != null) {
      PictureFile.write(
          new FollowedOutputs(RAW, REDUCED, REJECTED, kafka).pictureNow(extent), look, file);
    }
    return Commands.run(
        new ShowCommand(),
        "--reduced=" + REDUCED,
        "--bootstrapServers=" + kafka.bootstrapServers(),
        "--last=" + FINAL_ROWS);
  }

  private RunSettings pipeline(KafkaClients kafka) {
    return new RunSettings(
        new RunSettings.Source(kafka, READINGS.name(), RunSettings.From.EARLIEST, false),
        format(),
        // A device may be alone in its partition, and falls silent for 20 s.
        EventTimeRules.DEFAULT.withIdleTimeout(Duration.ofSeconds(3)),
        RunSettings.Outputs.of(RAW, REDUCED, REJECTED),
        RunSettings.DEFAULT_MAX_BATCH,
        List.of());
  }

  /** With one device the messages do not name it. */
  private JsonFormat format() {
    JsonFormat plain = JsonFormat.DEFAULT;
    return series == 1
        ? plain
        : new JsonFormat(
            plain.readingsField(),
            plain.timestampField(),
            plain.valueField(),
            plain.inputZone(),
            plain.timestampUnit(),
            plain.timestampFormat(),
            plain.numbersInStrings(),
            SeriesFields.parse(DEVICE, null, SeriesFields.DEFAULT_MAX));
  }

  private GeneratorSettings readings(KafkaClients kafka) {
    return new GeneratorSettings(
        new GeneratorSettings.Target(kafka, READINGS.name(), PARTITIONS),
        new Pace(Pace.ENDLESS, rate),
        new GeneratorSettings.Content(
            null, Faults.NONE, shape, series, new SplittableRandom().nextLong()));
  }

  private static void awaitWindowClosed(Viewer viewer) {
    try {
      viewer.awaitWindowClosed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
