package coarsen.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StopOnSignalTest {
  @Test
  void theWorksResultIsReturned() throws Exception {
    assertEquals(7, StopOnSignal.call(() -> {}, () -> 7));
  }

  @Test
  void theEndOfTheWorkIsAwaitedEvenIfStoppingFails() throws Exception {
    var stopping = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var endedBefore = new AtomicReference<Boolean>();
    var failure = new AtomicReference<Throwable>();
    Runnable stop =
        () -> {
          stopping.countDown();
          throw new IllegalStateException("no");
        };
    var hook =
        new Thread(
            () -> {
              try {
                StopOnSignal.stopAndAwait(stop, ended);
              } catch (IllegalStateException e) {
                failure.set(e);
                endedBefore.set(ended.getCount() == 0);
              }
            });
    hook.start();
    stopping.await();
    ended.countDown();
    hook.join();
    assertInstanceOf(IllegalStateException.class, failure.get());
    assertEquals(true, endedBefore.get());
  }
}
