package coarsen.pipeline.claim;

import coarsen.command.CommandException;
import coarsen.kafka.KafkaClients;
import coarsen.kafka.Topics;
import coarsen.outputs.Location;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims a topic by the membership in a consumer group, which reads nothing: the broker shows to
 * everybody who is in a group, and removes a member that was killed.
 */
final class TopicClaim implements Claim {
  private static final Logger LOG = LoggerFactory.getLogger(TopicClaim.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSE = Duration.ofSeconds(2);
  private static final long LOOK_NANOS = 200_000_000;

  /** When the broker removes a member that shows no sign of life. */
  private static final Duration SESSION = Duration.ofSeconds(10);

  private final Claimant self;
  private final String group;
  private final Topics topics;
  private final Consumer<byte[], byte[]> member;
  private boolean membersChanged;

  private TopicClaim(
      Claimant self, String group, Topics topics, Consumer<byte[], byte[]> member, String topic) {
    this.self = self;
    this.group = group;
    this.topics = topics;
    this.member = member;
    member.subscribe(List.of(topic), new ReadNothing());
  }

  /**
   * Claims a topic that is there. The broker takes some seconds to form a group, which the run does
   * not wait for: what two runs that start at the same time have done, {@link #renew} finds out.
   *
   * @param topics open as long as the claim
   * @throws CommandException if another run writes to it
   */
  static TopicClaim take(
      Location.Topic location, Claimant self, KafkaClients kafka, Topics topics) {
    String group = "coarsen.writers-of." + location.name();
    long end = System.nanoTime() + SESSION.plus(POLL).toNanos();
    Optional<Claimant> holder = others(topics, group, self).findFirst();
    while (holder.isPresent()) {
      if (holder.get().isHere() || System.nanoTime() - end > 0) {
        throw OutputClaims.inUse(location, holder.get());
      }
      LOG.debug("waiting for the broker to see whether {} is still there", holder.get());
      LockSupport.parkNanos(LOOK_NANOS);
      holder = others(topics, group, self).findFirst();
    }
    Consumer<byte[], byte[]> member =
        kafka.consumer(
            Map.of(
                CommonClientConfigs.GROUP_ID_CONFIG,
                group,
                CommonClientConfigs.CLIENT_ID_CONFIG,
                self.text(),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Math.toIntExact(SESSION.toMillis())));
    return new TopicClaim(self, group, topics, member, location.name());
  }

  /** Members of a group that are not known to be gone. */
  private static Stream<Claimant> others(Topics topics, String group, Claimant self) {
    return topics.members(group).orElse(List.of()).stream()
        .flatMap(clientId -> Claimant.parse(clientId).stream())
        .filter(other -> !other.equals(self) && !other.isGone());
  }

  /** Of two runs that started at the same time, the earlier gives way. */
  @Override
  public Optional<Claimant> renew() {
    var unused = member.poll(POLL);
    if (!membersChanged) {
      return Optional.empty();
    }
    Optional<Claimant> later =
        others(topics, group, self).filter(other -> other.compareTo(self) > 0).findFirst();
    membersChanged = false;
    return later;
  }

  @Override
  public void close() {
    member.close(CLOSE);
  }

  private final class ReadNothing implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      member.pause(partitions);
      membersChanged = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
  }
}
