package coarsen.pipeline.claim;

import coarsen.command.CommandException;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import coarsen.pipeline.scope.RunFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outputs of a run, which no other run may write to meanwhile. Held by the JVM that started the
 * run.
 */
public final class OutputClaims implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputClaims.class);
  private static final Duration RENEWAL = Duration.ofSeconds(3);

  /** Without a sign of life for so long, a run on another host is held to be dead. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Topics topics;
  private final Map<Location, Claim> claims = new LinkedHashMap<>();
  private final ScheduledExecutorService timer;

  /** Outputs whose renewal has failed. */
  private final Set<Location> silent = new HashSet<>();

  private OutputClaims(Topics topics) {
    this.topics = topics;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "output-claims");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Claims outputs, which are there.
   *
   * @param kafka where those that are topics are
   * @throws CommandException if another run writes to one of them, or one can't be used
   */
  public static OutputClaims take(Stream<Location> outputs, KafkaClients kafka) {
    var claims = new OutputClaims(new Topics(kafka));
    Claimant self = Claimant.here();
    try {
      outputs.forEach(output -> claims.claims.put(output, claims.claim(output, self, kafka)));
      return claims;
    } catch (RuntimeException e) {
      claims.close();
      throw e;
    }
  }

  private Claim claim(Location output, Claimant self, KafkaClients kafka) {
    try {
      return output instanceof Location.Files files
          ? FolderClaim.take(files, self, PATIENCE)
          : TopicClaim.take((Location.Topic) output, self, kafka, topics);
    } catch (IOException e) {
      throw CommandException.failed("can't write rows to " + output + ": " + e.getMessage(), e);
    }
  }

  /** The error to report of an output that another run writes to. */
  static CommandException inUse(Location output, Claimant holder) {
    return CommandException.unavailable(
        output + " is in use by " + holder + "; stop that run, or name another output", null);
  }

  /** Keeps the claims alive until they are closed, and ends the run that loses one. */
  public void keep(RunFailure failure) {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> claims.forEach((output, claim) -> renew(output, claim, failure)),
            0,
            RENEWAL.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void renew(Location output, Claim claim, RunFailure failure) {
    try {
      Optional<Claimant> other = claim.renew();
      other.ifPresent(
          taker ->
              failure.fail(
                  CommandException.failed(
                      output + " was taken over by " + taker + "; this run ends", null)));
    } catch (IOException | RuntimeException e) {
      if (silent.add(output)) {
        LOG.warn("can't show other runs that {} is in use: {}", output, e.getMessage());
      }
    }
  }

  /** Gives the outputs back. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      // A consumer may be used by one thread at a time.
      if (timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        claims.values().forEach(Claim::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    topics.close();
  }
}
