package coarsen.pipeline.claim;

import coarsen.command.CommandException;
import coarsen.command.DaemonThreads;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

  /** Without a sign of life for so long, a run elsewhere is held to be dead. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A broker forms a group in some seconds. */
  private static final Duration CONFIRMATION = Duration.ofSeconds(30);

  private final Topics topics;
  private final Map<Location, Claim> claims = new LinkedHashMap<>();
  private final CompletableFuture<RuntimeException> lost = new CompletableFuture<>();
  private final ScheduledExecutorService timer;

  private OutputClaims(Topics topics, int outputs) {
    this.topics = topics;
    // A thread for each output: one that does not answer must not hold up the others.
    timer = Executors.newScheduledThreadPool(outputs, DaemonThreads.named("output-claims"));
  }

  /**
   * Claims outputs, which are there, and keeps the claims until they are closed.
   *
   * @param kafka where those that are topics are
   * @throws CommandException if another run writes to one of them, or one can't be used
   */
  public static OutputClaims take(Stream<Location> outputs, KafkaClients kafka) {
    List<Location> all = outputs.toList();
    var claims = new OutputClaims(new Topics(kafka), all.size());
    Claimant self = Claimant.here();
    try {
      for (Location output : all) {
        claims.claims.put(output, claims.claim(output, self, kafka));
      }
      claims.confirm();
      claims.keep();
      return claims;
    } catch (RuntimeException | Error e) {
      claims.close();
      throw e;
    }
  }

  /**
   * Checks, without claiming anything, that no other run writes to an output.
   *
   * @param topics of the cluster whose topics outputs are
   * @throws CommandException if another run does, or the output can't be read
   */
  public static void checkFree(Location output, Topics topics) {
    try {
      if (output instanceof Location.Files files) {
        FolderClaim.checkFree(files, PATIENCE);
      } else {
        TopicClaim.checkFree((Location.Topic) output, topics);
      }
    } catch (IOException e) {
      throw CommandException.failed("can't write rows to " + output + ": " + e.getMessage(), e);
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

  private void confirm() {
    List<Location> open = new ArrayList<>(claims.keySet());
    long end = System.nanoTime() + CONFIRMATION.toNanos();
    while (!open.isEmpty()) {
      boolean isOver = System.nanoTime() - end > 0;
      open.removeIf(output -> isConfirmed(output) || (isOver && isGivenUp(output, "no answer")));
    }
  }

  private boolean isConfirmed(Location output) {
    Claim claim = claims.get(output);
    try {
      return claim == null || claim.confirm();
    } catch (CommandException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      return isGivenUp(output, String.valueOf(e.getMessage()));
    }
  }

  /** A run that may write rows but not claim the output must not fail because of that. */
  private boolean isGivenUp(Location output, String reason) {
    LOG.warn("{} is not protected from other runs that write to it: {}", output, reason);
    Claim claim = claims.remove(output);
    if (claim != null) {
      claim.close();
    }
    return true;
  }

  /** The error to report of an output that another run writes to. */
  static CommandException inUse(Location output, Claimant holder) {
    return CommandException.unavailable(
        output + " is in use by " + holder + "; stop that run, or name another output", null);
  }

  private void keep() {
    for (Map.Entry<Location, Claim> claim : claims.entrySet()) {
      var unused =
          timer.scheduleWithFixedDelay(
              new Renewal(claim.getKey(), claim.getValue()),
              RENEWAL.toMillis(),
              RENEWAL.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  /** Calls back once if another run takes an output over: this one must end. */
  public void whenLost(Consumer<RuntimeException> callback) {
    var unused = lost.thenAccept(callback);
  }

  private final class Renewal implements Runnable {
    private final Location output;
    private final Claim claim;
    private boolean failed;

    private Renewal(Location output, Claim claim) {
      this.output = output;
      this.claim = claim;
    }

    @Override
    public void run() {
      try {
        claim
            .renew()
            .ifPresent(
                taker ->
                    lost.complete(
                        CommandException.failed(
                            output + " was taken over by " + taker + "; this run ends", null)));
        failed = false;
      } catch (Throwable e) { // Otherwise the timer would forget the task without a word.
        if (!failed) {
          LOG.warn("can't show other runs that {} is in use", output, e);
        }
        failed = true;
      }
    }
  }

  /** Gives the outputs back; never throws. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("the claims of {} are still being renewed", claims.keySet());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    claims.values().forEach(Claim::close);
    topics.close();
  }
}
