package coarsen.pipeline.scope;

import coarsen.command.CommandException;
import coarsen.kafka.NativeCodecs;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What a thread that watches a run does with a failure that it does not expect: it logs each kind
 * once and continues, because nobody would notice that it ended. An error, such as a full heap,
 * ends the run.
 */
public final class WatchFailures {
  private final String task;
  private final RunFailure failure;
  private final Consumer<String> warn;
  private final Set<Class<?>> reported = ConcurrentHashMap.newKeySet();

  /**
   * Failures of one task.
   *
   * @param task completes the sentence "could not …"
   * @param warn writes a line to the log
   */
  public WatchFailures(String task, RunFailure failure, Consumer<String> warn) {
    this.task = task;
    this.failure = failure;
    this.warn = warn;
  }

  /** Reports a failure. */
  public void report(Throwable thrown) {
    String message =
        "could not " + task + ": " + NativeCodecs.explain(thrown).orElse(thrown.toString());
    if (reported.add(thrown.getClass())) {
      warn.accept(message);
    }
    if (thrown instanceof Error) {
      failure.fail(CommandException.failed(message, thrown));
    }
  }
}
