package coarsen.pipeline.scope;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class DrainTest {
  private static final Duration QUIET = Duration.ofMillis(30);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Drain drain = new Drain();

  @Test
  void aRunThatHasReadNothingIsDoneAtOnce() {
    assertTrue(drain.await(() -> true, LONG, LONG));
  }

  @Test
  void aRunIsDoneWhenEveryBranchHasHadEveryBatch() {
    drain.read();
    drain.read();
    drain.done("raw", 2);
    drain.done("windows", 1);
    assertFalse(drain.await(() -> true, QUIET, SHORT), "a batch has not reached the windows");
    var waiting = CompletableFuture.supplyAsync(() -> drain.await(() -> true, QUIET, LONG));
    drain.done("windows", 1);
    assertTrue(waiting.join());
  }

  @Test
  void recordsThatWerePolledAndNotReadAreWaitedFor() {
    drain.read();
    drain.done("raw", 1);
    var caughtUp = new AtomicBoolean();
    assertFalse(drain.await(caughtUp::get, QUIET, SHORT));
    caughtUp.set(true);
    assertTrue(drain.await(caughtUp::get, QUIET, LONG));
  }

  @Test
  void rowsOfWindowsThatStillComeAreWaitedFor() {
    drain.read();
    drain.done("windows", 1);
    var looks = new int[1];
    BooleanSupplier stillWriting =
        () -> {
          if (++looks[0] <= 5) {
            drain.done("reduced", 0);
          }
          return true;
        };
    // Far longer than it takes to look, however busy the machine is.
    assertTrue(drain.await(stillWriting, Duration.ofSeconds(1), LONG));
    assertTrue(looks[0] > 5, "each row begins the quiet time anew");
  }
}
