package coarsen.demo;

import coarsen.pipeline.Run;
import coarsen.pipeline.RunSettings;
import coarsen.pipeline.status.RunReport;
import coarsen.testbed.Generator;
import coarsen.testbed.GeneratorSettings;
import coarsen.testbed.Ledger;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** A generator, and the pipeline that reduces its readings, in threads of their own. */
final class BackgroundRun {
  private final Generator generator;
  private final Run run;
  private final CompletableFuture<Ledger> generating;
  private final CompletableFuture<RunReport> running;

  /**
   * Starts both.
   *
   * @param onEnd called when either ends; before {@link #stop} that means it has failed
   */
  BackgroundRun(
      RunSettings pipeline, GeneratorSettings readings, Executor threads, Runnable onEnd) {
    run = Run.start(pipeline, "DirectRunner");
    running =
        CompletableFuture.supplyAsync(run::await, threads)
            .whenComplete((report, failure) -> onEnd.run());
    generator = new Generator(readings, line -> {});
    generating =
        CompletableFuture.supplyAsync(generator::run, threads)
            .whenComplete((ledger, failure) -> onEnd.run());
  }

  /**
   * Stops both, waits for their ends and prints what they did.
   *
   * @throws RuntimeException what one of them failed with, if it did
   */
  void stop() {
    generator.close();
    Ledger ledger = result(generating);
    run.stop();
    System.out.println(String.format(Locale.ROOT, "generated %,d readings", ledger.made()));
    System.out.println(result(running));
  }

  private static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
