package coarsen.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void messagesAtALowRateAreEvenlySpaced() {
    var pace = pace(10);
    assertEquals(1, pace.due(0));
    assertEquals(100_000_000, pace.sleepNanos(1, 0));
    assertEquals(1, pace.due(99_999_999));
    assertEquals(2, pace.due(100_000_000));
  }

  @Test
  void aRateMayBeLessThanOneMessageASecond() {
    assertEquals(10_000_000_000L, pace(0.1).sleepNanos(1, 0));
  }

  @Test
  void messagesAtAHighRateAreSentInBurstsOfFiveMilliseconds() {
    var pace = pace(100_000);
    assertEquals(5_000_000, pace.sleepNanos(1, 0));
    assertEquals(501, pace.due(5_000_000));
  }

  @Test
  void aGeneratorThatFellBehindCatchesUp() {
    assertEquals(60_001, pace(1_000).due(60_000_000_000L));
  }

  @Test
  void unthrottledMessagesAreAllDueAtOnce() {
    assertEquals(Long.MAX_VALUE, pace(Pace.UNTHROTTLED).due(0));
  }

  @Test
  void everySleepIsLongerThanZero() {
    var pace = pace(3);
    long elapsed = 0;
    for (int i = 1; i < 1_000; i++) {
      while (pace.due(elapsed) <= i) {
        long sleep = pace.sleepNanos(i, elapsed);
        assertTrue(sleep > 0);
        elapsed += sleep;
      }
    }
    assertEquals(333e9, (double) elapsed, 1e6);
  }

  private static Pace pace(double perSecond) {
    return new Pace(Pace.ENDLESS, perSecond);
  }
}
