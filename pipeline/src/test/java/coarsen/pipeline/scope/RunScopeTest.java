package coarsen.pipeline.scope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunScopeTest {
  private final String job = UUID.randomUUID().toString();

  @AfterEach
  void end() {
    RunScope.end(job);
  }

  /** A part that counts how often it was closed. */
  private static final class Part implements AutoCloseable {
    private final RuntimeException failure;
    private int closed;

    Part(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public void close() {
      closed++;
      if (failure != null) {
        throw failure;
      }
    }
  }

  @Test
  void thePartsOfARunAreSharedInAJvmAndNotWithOtherRuns() {
    StringBuilder part = RunScope.of(job).part(StringBuilder.class, StringBuilder::new);
    assertSame(part, RunScope.of(job).part(StringBuilder.class, StringBuilder::new));
    String other = job + "-other";
    assertNotSame(part, RunScope.of(other).part(StringBuilder.class, StringBuilder::new));
    RunScope.end(other);
  }

  @Test
  void aPartIsMadeFromOtherParts() {
    // So many that a hash table has two of them in one place.
    int count = 50;
    make(int[].class, count);
    Class<?> last = int[].class;
    for (int i = 1; i < count; i++) {
      last = last.arrayType();
    }
    Object part = RunScope.of(job).part(last, () -> null);
    assertEquals(last, part.getClass(), "it was made with the first");
  }

  private <T> void make(Class<T> type, int count) {
    RunScope.of(job)
        .part(
            type,
            () -> {
              if (count > 1) {
                make(type.arrayType(), count - 1);
              }
              return type.cast(Array.newInstance(type.getComponentType(), 0));
            });
  }

  @Test
  void thePartsOutliveTheReadersOfTheDirectRunner() {
    RunScope.Lease first = RunScope.lease(job);
    StringBuilder part = first.scope().part(StringBuilder.class, StringBuilder::new);
    first.close();
    RunScope.Lease second = RunScope.lease(job);
    assertSame(part, second.scope().part(StringBuilder.class, StringBuilder::new));
    second.close();
  }

  @Test
  void theEndClosesThePartsOnce() {
    Part part = RunScope.of(job).part(Part.class, () -> new Part(null));
    RunScope.end(job);
    RunScope.end(job);
    assertEquals(1, part.closed);
  }

  @Test
  void theEndReportsAPartThatCannotBeClosedAndClosesTheOthers() {
    var failure = new IllegalStateException("the disk is full");
    RunScope scope = RunScope.of(job);
    scope.part(Part.class, () -> new Part(failure));
    var closed = new boolean[1];
    scope.part(AutoCloseable.class, () -> () -> closed[0] = true);
    assertSame(failure, assertThrows(IllegalStateException.class, () -> RunScope.end(job)));
    assertTrue(closed[0]);
  }

  @Test
  void aWorkerThatIsStillRunningDoesNotOpenAnEndedRunAgain() {
    RunScope before = RunScope.of(job);
    assertFalse(before.hasEnded());
    RunScope.end(job);
    assertTrue(before.hasEnded());
    RunScope.Lease late = RunScope.lease(job);
    assertTrue(late.scope().hasEnded());
    Part part = late.scope().part(Part.class, () -> new Part(null));
    late.close();
    assertNotSame(part, RunScope.of(job).part(Part.class, () -> new Part(null)));
  }

  @Test
  void aScopeWithoutLeasesIsClosedAfterAWhile() {
    RunScope scope = RunScope.of(job);
    Part part = scope.part(Part.class, () -> new Part(null));
    RunScope.Lease lease = RunScope.lease(job);
    scope.closeUnlessUsedSince(1);
    assertEquals(0, part.closed, "it is in use");
    lease.close();
    scope.closeUnlessUsedSince(0);
    assertEquals(0, part.closed, "it was used since");
    scope.closeUnlessUsedSince(1);
    assertEquals(1, part.closed);
    assertNotSame(scope, RunScope.of(job));
  }
}
