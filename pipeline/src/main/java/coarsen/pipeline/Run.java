package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.kafka.NativeCodecs;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.claim.OutputClaims;
import coarsen.pipeline.read.PartitionGrouping;
import coarsen.pipeline.read.ReadPlan;
import coarsen.pipeline.read.SourceTopic;
import coarsen.pipeline.scope.Drain;
import coarsen.pipeline.scope.RunFailure;
import coarsen.pipeline.scope.RunId;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.status.RunReport;
import coarsen.pipeline.status.RunStatus;
import coarsen.pipeline.write.Destination;
import coarsen.pipeline.write.JsonRows;
import coarsen.pipeline.write.OutputException;
import coarsen.pipeline.write.OutputFolders;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pipeline that has been started in this JVM. */
public final class Run {
  private static final Logger LOG = LoggerFactory.getLogger(Run.class);

  /** How long a stopped run may take to finish what it has read. */
  private static final Duration DRAIN = Duration.ofSeconds(12);

  private final Job job;
  private final Duration quiet;
  private final OutputClaims claims;
  private final RunScope.Lease lease;
  private final PipelineResult result;
  private final RunEnd end;
  private final Instant startedAt;
  private volatile boolean stopped;

  private Run(
      Job job,
      Duration quiet,
      OutputClaims claims,
      RunScope.Lease lease,
      PipelineResult result,
      Instant startedAt) {
    this.job = job;
    this.quiet = quiet;
    this.claims = claims;
    this.lease = lease;
    this.result = result;
    end = new RunEnd(result, RunFailure.in(lease.scope()), DRAIN);
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
    FileSystems.setDefaultPipelineOptions(options);
    var topics = new Topics(settings.source().kafka());
    OutputClaims claims = null;
    RunScope.Lease lease = null;
    try {
      SourceTopic source = settings.source().find(topics);
      createOutputs(topics, settings.outputs(), source.startOffsets().size());
      claims = OutputClaims.take(settings.outputs().all(), settings.source().kafka());
      Job job = plan(source, settings, engine.grouping(settings));
      Instant startedAt = Instant.now();
      lease = RunScope.lease(job.run().job());
      claims.whenLost(RunFailure.in(lease.scope())::fail);
      SourceWatch.start(topics, source, lease.scope());
      PipelineResult result =
          engine.run(job.pipeline(options), settings, source.startOffsets().size());
      return new Run(job, engine.quiet(settings), claims, lease, result, startedAt);
    } catch (Throwable e) { // Spark is written in Scala; Beam loads a native library.
      topics.close();
      if (lease != null) {
        RunScope.end(lease.scope().jobId());
      }
      if (claims != null) {
        claims.close();
      }
      throw failed(e);
    }
  }

  /**
   * Waits until the run has read to its end or was stopped, and writes out what was kept back.
   *
   * @throws CommandException if the pipeline failed
   */
  public RunReport await() {
    var failure = RunFailure.in(lease.scope());
    try {
      try {
        end.await();
      } catch (RuntimeException e) {
        // A stop interrupts what the workers are doing; what they had written is written out.
        if (!stopped) {
          throw failure.reason().orElse(e);
        }
      } finally {
        try {
          RunScope.end(job.run().job());
        } finally {
          claims.close();
        }
      }
      failure
          .reason()
          .ifPresent(
              reason -> {
                throw reason;
              });
    } catch (RuntimeException | Error e) {
      throw failed(e);
    }
    return new RunReport(status(), startedAt, Instant.now());
  }

  /** What the run has done so far; from any thread, also while it is running. */
  public RunStatus status() {
    return RunStatus.of(result, lease.scope());
  }

  /**
   * Stops a run without an end; {@link #await} then returns. What was read until then is finished:
   * its raw rows, and the rows of windows that have closed. Windows that are open are not written.
   */
  public void stop() {
    stopped = true;
    Drain drain = Drain.in(lease.scope());
    drain.request();
    if (!drain.await(job.plan().clocks(lease.scope())::areCaughtUp, quiet, DRAIN)) {
      LOG.warn(
          "some of what was read is not finished after {} s; rows of the last moment may be missing",
          DRAIN.toSeconds());
    }
    end.cancel();
  }

  /**
   * Engines wrap a failure many times. The message of our own steps helps the user most; without
   * one, the innermost cause does.
   */
  private static CommandException failed(Throwable e) {
    Throwable cause = e;
    while (!(cause instanceof CommandException) && !(cause instanceof OutputException)) {
      if (cause.getCause() == null) {
        return CommandException.failed(
            "the pipeline failed: " + NativeCodecs.explain(e).orElse(String.valueOf(cause)), e);
      }
      cause = cause.getCause();
    }
    return cause instanceof CommandException reported
        ? reported
        : CommandException.failed("the pipeline failed: " + cause.getMessage(), e);
  }

  private static void createOutputs(
      Topics topics, RunSettings.Outputs outputs, int sourcePartitions) {
    create(topics, outputs.raw(), sourcePartitions);
    create(topics, outputs.reduced(), 1);
    create(topics, outputs.rejected(), 1);
    OutputFolders.create(outputs.folders());
  }

  private static void create(Topics topics, @Nullable Location location, int partitions) {
    if (location instanceof Location.Topic topic) {
      var unused = topics.ensure(topic.name(), partitions, LOG::info);
    }
  }

  private static Job plan(SourceTopic source, RunSettings settings, PartitionGrouping grouping) {
    RunSettings.Outputs outputs = settings.outputs();
    var run = new RunId(UUID.randomUUID().toString(), RunNumber.next(outputs, source.kafka()));
    return new Job(
        run,
        new ReadPlan(
            run.job(), source, settings.format(), settings.rules(), settings.maxBatch(), grouping),
        outputs.earlyResults(),
        destination("raw", outputs.raw(), run, settings),
        destination("reduced", outputs.reduced(), run, settings),
        destination("rejected", outputs.rejected(), run, settings));
  }

  private static @Nullable Destination destination(
      String kind, @Nullable Location location, RunId run, RunSettings settings) {
    return location == null
        ? null
        : new Destination(
            kind,
            location,
            settings.source().kafka(),
            new JsonRows(),
            settings.outputs().rollover(),
            run);
  }
}
