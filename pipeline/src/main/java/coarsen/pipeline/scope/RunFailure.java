package coarsen.pipeline.scope;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Why a run must end although no engine's step has failed: a file could not be flushed while no row
 * came, or the source topic is another one now. Only the JVM that started the run acts on it; in
 * others the next row or bundle fails.
 */
public final class RunFailure {
  private final CompletableFuture<RuntimeException> first = new CompletableFuture<>();

  /** That of a scope's run. */
  public static RunFailure in(RunScope scope) {
    return scope.part(RunFailure.class, RunFailure::new);
  }

  /** The run must end; only the first reason counts. */
  public void fail(RuntimeException reason) {
    first.complete(reason);
  }

  /** Calls back once if the run must end, at once if it must already. */
  public void whenFailed(Consumer<RuntimeException> callback) {
    var unused = first.thenAccept(callback);
  }

  /** Why the run must end; empty if it must not. */
  public Optional<RuntimeException> reason() {
    return first.isDone() ? Optional.of(first.join()) : Optional.empty();
  }
}
