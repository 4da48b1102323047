package coarsen.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.pipeline.scope.RunFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunEndTest {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final RunFailure failure = new RunFailure();

  /** A pipeline that runs until it is ended. */
  private class Endless implements PipelineResult {
    @Override
    public State waitUntilFinish() {
      try {
        ended.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return State.CANCELLED;
    }

    @Override
    public State cancel() throws IOException {
      ended.countDown();
      return State.CANCELLED;
    }

    @Override
    public State getState() {
      return ended.getCount() == 0 ? State.CANCELLED : State.RUNNING;
    }

    @Override
    public State waitUntilFinish(org.joda.time.Duration duration) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MetricResults metrics() {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void aRunThatMustEndIsCancelled() {
    failure.fail(new IllegalStateException("the topic is gone"));
    new RunEnd(new Endless(), failure, Duration.ofMinutes(1)).await();
    assertEquals(0, ended.getCount());
  }

  @Test
  void aRunThatMustEndDoesSoEvenIfItsEngineCannotBeCancelled() {
    var result =
        new Endless() {
          @Override
          public State cancel() throws IOException {
            throw new IOException("no answer");
          }
        };
    failure.fail(new IllegalStateException("the topic is gone"));
    new RunEnd(result, failure, Duration.ofMillis(50)).await();
    assertEquals(1, ended.getCount(), "it was not waited for");
    ended.countDown();
  }

  @Test
  void whatThePipelineThrowsIsThrown() {
    var reason = new IllegalStateException("a step failed");
    var result =
        new Endless() {
          @Override
          public State waitUntilFinish() {
            throw reason;
          }
        };
    var end = new RunEnd(result, failure, Duration.ofMinutes(1));
    assertSame(reason, assertThrows(IllegalStateException.class, end::await));
    assertTrue(failure.reason().isEmpty());
  }
}
