package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.read.ReadPlan;
import coarsen.pipeline.read.Sources;
import coarsen.pipeline.reduce.ReduceToWindows;
import coarsen.pipeline.write.Output;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline that has been started in this JVM. */
public final class Run {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  private final Job job;
  private final PipelineResult result;
  private final Instant startedAt;
  private volatile boolean stopped;
  private boolean closed;
  private @Nullable RuntimeException closeFailure;

  private Run(Job job, PipelineResult result, Instant startedAt) {
    this.job = job;
    this.result = result;
    this.startedAt = startedAt;
  }

  /**
   * Starts a pipeline on the direct runner or the engine that the options name.
   *
   * @throws CommandException if the broker or the topic is not there, or an option is wrong
   */
  public static Run start(RunSettings settings, String runner) {
    Engine engine = Engine.of(runner);
    engine.check(settings);
    PipelineOptions options = engine.options(settings);
    Job job = plan(settings, engine.sources(settings));
    Instant startedAt = Instant.now();
    try {
      PipelineResult result =
          engine.run(job.pipeline(options), settings, job.plan().startOffsets().size());
      return new Run(job, result, startedAt);
    } catch (Exception e) { // Spark is written in Scala, which declares none.
      throw failed(e);
    }
  }

  /**
   * Waits until the run has read to its end or was stopped, and writes out what was kept back.
   *
   * @throws CommandException if the pipeline failed
   */
  public RunReport await() {
    try {
      try {
        result.waitUntilFinish();
      } catch (RuntimeException e) {
        // A stop interrupts what the workers are doing; what they had written is written out.
        if (!stopped) {
          throw e;
        }
      } finally {
        close();
      }
    } catch (RuntimeException e) {
      throw failed(e);
    }
    Instant endedAt = Instant.now();
    return new RunReport(
        result, startedAt, endedAt, ReduceToWindows.takeFidelity(job.plan().runId()));
  }

  /**
   * Asks a run without an end to stop; {@link #await} then returns. Windows that are open then are
   * not written.
   */
  public void stop() {
    stopped = true;
    try {
      result.cancel();
    } catch (IOException | UnsupportedOperationException e) {
      throw CommandException.failed("can't stop the pipeline: " + e.getMessage(), e);
    }
  }

  /** Whoever is second gets the same failure. */
  private synchronized void close() {
    if (!closed) {
      closed = true;
      try {
        job.close();
      } catch (RuntimeException e) {
        closeFailure = e;
      }
    }
    if (closeFailure != null) {
      throw closeFailure;
    }
  }

  /** Engines wrap what went wrong many times: what our own steps say tells most, then the cause. */
  private static CommandException failed(Exception e) {
    if (e instanceof CommandException told) {
      return told;
    }
    Throwable cause = e;
    while (cause.getCause() != null && !isOurs(cause)) {
      cause = cause.getCause();
    }
    return CommandException.failed(
        "the pipeline failed: " + (isOurs(cause) ? cause.getMessage() : cause), e);
  }

  private static boolean isOurs(Throwable e) {
    return String.valueOf(e.getMessage()).startsWith("can't ");
  }

  private static Job plan(RunSettings settings, Sources sources) {
    String runId = UUID.randomUUID().toString();
    int run = 0;
    try (var topics = new Topics(settings.kafka())) {
      List<TopicPartition> partitions = topics.partitions(settings.topic());
      SortedMap<Integer, Long> ends = topics.offsets(partitions, OffsetSpec.latest());
      var plan =
          new ReadPlan(
              runId,
              settings.topic(),
              settings.from() == RunSettings.From.LATEST
                  ? ends
                  : topics.offsets(partitions, OffsetSpec.earliest()),
              settings.untilEnd() ? ends : new TreeMap<>(),
              settings.kafka(),
              settings.format(),
              settings.rules(),
              settings.maxBatch(),
              sources);
      create(topics, settings.rawOutput(), partitions.size());
      create(topics, settings.reducedOutput(), 1);
      create(topics, settings.rejectedOutput(), 1);
      return new Job(
          plan,
          run,
          settings.earlyResults(),
          output("raw", settings.rawOutput(), runId, run, settings),
          output("reduced", settings.reducedOutput(), runId, run, settings),
          output("rejected", settings.rejectedOutput(), runId, run, settings));
    }
  }

  private static void create(Topics topics, @Nullable Location location, int partitions) {
    if (location instanceof Location.Topic topic) {
      var unused = topics.ensure(topic.name(), partitions, LOG::info);
    }
  }

  private static @Nullable Output output(
      String kind, @Nullable Location location, String runId, int run, RunSettings settings) {
    return location == null
        ? null
        : new Output(kind, location, runId, run, settings.rollover(), settings.kafka());
  }
}
