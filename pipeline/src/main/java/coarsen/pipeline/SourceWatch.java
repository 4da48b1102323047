package coarsen.pipeline;

import coarsen.command.CommandException;
import coarsen.command.DaemonThreads;
import coarsen.kafka.Topics;
import coarsen.pipeline.read.SourceTopic;
import coarsen.pipeline.scope.RunFailure;
import coarsen.pipeline.scope.RunScope;
import coarsen.pipeline.scope.WatchFailures;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the source topic of a run from the JVM that started it. A topic that was deleted and
 * created again gives its offsets to other messages, so the run must end: two messages would have
 * one name. Partitions that are added are not read before the next run, and are warned of.
 */
final class SourceWatch {
  private static final int LOOK_SECONDS = 5;

  /** A broker that is starting may not know a topic for a moment. */
  private static final int LOOKS_WITHOUT_TOPIC = 3;

  private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);

  private final String name;
  private final Topics.Description atStart;
  private final RunFailure failure;
  private final WatchFailures failures;
  private final Consumer<String> warn;
  private int looksWithoutTopic;
  private int partitionsKnown;

  /**
   * Watches nothing by itself.
   *
   * @param atStart what the topic was when its offsets were found
   * @param warn writes a line to the log
   */
  SourceWatch(String name, Topics.Description atStart, RunFailure failure, Consumer<String> warn) {
    this.name = name;
    this.atStart = atStart;
    this.failure = failure;
    failures = new WatchFailures("look at topic '" + name + "'", failure, warn);
    this.warn = warn;
    partitionsKnown = atStart.partitions();
  }

  /** What asks the broker, while a run lasts. */
  private record Watching(Topics topics, ScheduledExecutorService timer) implements AutoCloseable {
    @Override
    public void close() {
      timer.shutdownNow();
      topics.close();
    }
  }

  /**
   * Watches a topic until a run ends.
   *
   * @param topics closed then
   * @throws CommandException if the topic is gone, or has other partitions than a moment ago
   */
  static void start(Topics topics, SourceTopic source, RunScope scope) {
    Topics.Description now =
        topics
            .description(source.name())
            .filter(found -> found.partitions() == source.startOffsets().size())
            .orElseThrow(
                () ->
                    CommandException.unavailable(
                        "topic '" + source.name() + "' is being changed; start the run again",
                        null));
    var watch = new SourceWatch(source.name(), now, RunFailure.in(scope), LOG::warn);
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("source-watch"));
    var unused =
        timer.scheduleWithFixedDelay(
            () -> watch.ask(() -> topics.description(source.name())),
            LOOK_SECONDS,
            LOOK_SECONDS,
            TimeUnit.SECONDS);
    scope.part(Watching.class, () -> new Watching(topics, timer));
  }

  /** Looks once, and never throws: a timer drops a task that does. */
  void ask(Supplier<Optional<Topics.Description>> topic) {
    try {
      look(topic.get());
    } catch (CommandException e) {
      LOG.debug("the broker does not say what became of topic {}", name, e);
    } catch (Throwable e) {
      failures.report(e);
    }
  }

  /** Takes what the topic is now; empty if there is none of that name. */
  void look(Optional<Topics.Description> found) {
    if (found.isEmpty()) {
      if (++looksWithoutTopic == LOOKS_WITHOUT_TOPIC) {
        failure.fail(
            CommandException.failed(
                "topic '" + name + "' was deleted while it was read; the rows so far are written",
                null));
      }
      return;
    }
    looksWithoutTopic = 0;
    Topics.Description now = found.get();
    if (!now.id().equals(atStart.id())) {
      failure.fail(
          CommandException.failed(
              "topic '%s' was deleted and created again while it was read (id %s, now %s): its offsets name other messages now; start a new run on empty outputs"
                  .formatted(name, atStart.id(), now.id()),
              null));
    } else if (now.partitions() > partitionsKnown) {
      warn.accept(
          "topic '%s' has %d partitions now, of which this run reads %d; stop it and start it again to read all"
              .formatted(name, now.partitions(), atStart.partitions()));
      partitionsKnown = now.partitions();
    }
  }
}
