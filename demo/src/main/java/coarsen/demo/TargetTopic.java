package coarsen.demo;

import coarsen.command.CommandException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * The topic that readings go to.
 *
 * @param bootstrapServers where its broker is
 * @param name of the topic
 */
record TargetTopic(String bootstrapServers, String name) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int CONNECT_MILLIS = 2_000;
  private static final long RETRY_MILLIS = 100;

  /**
   * Waits until something listens there. Kafka's own clients would log a warning each time they
   * have tried in vain.
   *
   * @param stop ends the waiting
   * @return false if stopped
   * @throws CommandException after 10 s
   */
  boolean awaitBroker(CountDownLatch stop) throws InterruptedException {
    List<InetSocketAddress> addresses = addresses();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!addresses.stream().anyMatch(TargetTopic::listens)) {
      if (System.nanoTime() > deadline) {
        throw noBroker(null);
      }
      if (stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Creates the topic unless it is there.
   *
   * @param wanted number of partitions if it is created
   * @param say takes one line about what was found or done
   * @return the number of partitions it has
   */
  int ensure(int wanted, Consumer<String> say) throws InterruptedException {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "default.api.timeout.ms",
            (int) PATIENCE.toMillis(),
            "request.timeout.ms",
            (int) PATIENCE.toMillis() / 2);
    try (Admin admin = Admin.create(config)) {
      int partitions = findOrCreate(admin, wanted, say);
      awaitLeaders(admin, partitions);
      return partitions;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TimeoutException) {
        throw noBroker(e);
      }
      throw CommandException.unavailable("can't use topic " + name + ": " + cause(e), e);
    }
  }

  private int findOrCreate(Admin admin, int wanted, Consumer<String> say)
      throws ExecutionException, InterruptedException {
    int there = partitions(admin);
    if (there > 0) {
      String instead = there == wanted ? "" : ", not " + wanted;
      say.accept("topic " + name + " is there, partitions: " + there + instead);
      return there;
    }
    admin
        .createTopics(List.of(new NewTopic(name, Optional.of(wanted), Optional.empty())))
        .all()
        .get();
    say.accept("topic " + name + " created, partitions: " + wanted);
    return wanted;
  }

  // A new topic is known before its leader takes messages. Of an idempotent producer's first two
  // batches it may then refuse one and accept the next, for it takes any sequence number from a
  // producer it has not met; the first is out of sequence ever after and expires in the end.
  // Leaders alone answer for offsets, and the client asks again until they do.
  private void awaitLeaders(Admin admin, int partitions)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    // The client takes a topic that a broker has not heard of yet for one that is not there.
    while (partitions(admin) < partitions) {
      if (System.nanoTime() > deadline) {
        throw CommandException.unavailable(
            "topic " + name + " was created but does not show up at " + bootstrapServers, null);
      }
      Thread.sleep(RETRY_MILLIS);
    }
    admin.listOffsets(ends).all().get();
  }

  private int partitions(Admin admin) throws ExecutionException, InterruptedException {
    try {
      return admin
          .describeTopics(List.of(name))
          .allTopicNames()
          .get()
          .values()
          .iterator()
          .next()
          .partitions()
          .size();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return 0;
      }
      throw e;
    }
  }

  private CommandException noBroker(@Nullable Throwable cause) {
    return CommandException.unavailable(
        "no broker answers at " + bootstrapServers + ", tried for " + PATIENCE.toSeconds() + " s",
        cause);
  }

  private List<InetSocketAddress> addresses() {
    return List.of(bootstrapServers.split(",")).stream().map(this::address).toList();
  }

  private InetSocketAddress address(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    try {
      return new InetSocketAddress(
          hostAndPort.substring(0, Math.max(colon, 0)).strip(),
          Integer.parseInt(hostAndPort.substring(colon + 1).strip()));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(
          "--bootstrapServers=" + bootstrapServers + " has no port; write host:9092");
    }
  }

  private static boolean listens(InetSocketAddress address) {
    try (var socket = new Socket()) {
      // Resolved anew each time: the name may come up with the broker, as in a container.
      socket.connect(
          new InetSocketAddress(address.getHostString(), address.getPort()), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String cause(ExecutionException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }
}
