package coarsen.kafka;

import coarsen.command.CommandException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTopicException;

/** Waits for what a broker answers to an admin client, and says what went wrong in one line. */
record Answers(KafkaClients clients) {
  static final int TIMEOUT_SECONDS = 10;

  /**
   * The answer.
   *
   * @throws CommandException if there is none
   */
  <T> T of(KafkaFuture<T> future) {
    return of(future, NothingExpected.class).orElseThrow();
  }

  /**
   * The answer; empty if the request failed with the expected error.
   *
   * @throws CommandException if there is none
   */
  <T> Optional<T> of(KafkaFuture<T> future, Class<? extends ApiException> expected) {
    try {
      return Optional.of(future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      if (expected.isInstance(e.getCause())) {
        return Optional.empty();
      }
      if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
        throw clients.unavailable(e);
      }
      if (e.getCause() instanceof InvalidTopicException invalid) {
        // Brokers tell topics apart by their names with '_' for '.', in their metrics.
        throw CommandException.unavailable(
            "the broker at %s refuses a topic: %s; name another one"
                .formatted(clients.bootstrapServers(), invalid.getMessage()),
            e);
      }
      throw CommandException.unavailable(
          "the broker at " + clients.bootstrapServers() + " refuses: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw clients.unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.failed("interrupted while asking the broker", e);
    }
  }

  private static final class NothingExpected extends ApiException {
    private static final long serialVersionUID = 1L;
  }
}
