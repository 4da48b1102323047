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
import org.apache.kafka.common.KafkaException;
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

  private final Location location;
  private final Claimant self;
  private final String group;
  private final Topics topics;
  private final Consumer<byte[], byte[]> member;
  private boolean isMember;
  private boolean wasLost;

  private TopicClaim(
      Location.Topic location,
      Claimant self,
      String group,
      Topics topics,
      Consumer<byte[], byte[]> member) {
    this.location = location;
    this.self = self;
    this.group = group;
    this.topics = topics;
    this.member = member;
    member.subscribe(List.of(location.name()), new ReadNothing());
  }

  /**
   * Claims a topic that is there.
   *
   * @param topics open as long as the claim
   * @throws CommandException if another run writes to it
   */
  static TopicClaim take(
      Location.Topic location, Claimant self, KafkaClients kafka, Topics topics) {
    String group = group(location);
    awaitNobody(location, topics, group, self);
    Consumer<byte[], byte[]> member =
        kafka.consumer(
            Map.of(
                CommonClientConfigs.GROUP_ID_CONFIG,
                group,
                CommonClientConfigs.CLIENT_ID_CONFIG,
                self.text(),
                ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                Math.toIntExact(SESSION.toMillis())));
    return new TopicClaim(location, self, group, topics, member);
  }

  /**
   * Checks, without joining anything, that no other run writes to a topic.
   *
   * @throws CommandException if another run does
   */
  static void checkFree(Location.Topic location, Topics topics) {
    awaitNobody(location, topics, group(location), Claimant.here());
  }

  private static String group(Location.Topic location) {
    return "coarsen.writers-of." + location.name();
  }

  /** A member that can't be seen to be alive may have been killed; the broker finds out soon. */
  private static void awaitNobody(Location location, Topics topics, String group, Claimant self) {
    long end = System.nanoTime() + SESSION.plus(POLL).toNanos();
    Optional<Claimant> waitedFor = Optional.empty();
    while (true) {
      Optional<Claimant> holder = others(topics, group, self).findFirst();
      if (holder.isEmpty()) {
        return;
      }
      if (holder.get().isAlive().orElse(false) || System.nanoTime() - end > 0) {
        throw OutputClaims.inUse(location, holder.get());
      }
      if (!holder.equals(waitedFor)) {
        LOG.info("waiting up to {} s for the end of {}", SESSION.toSeconds(), holder.get());
        waitedFor = holder;
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Members of a group whose processes are not known to be gone. */
  private static Stream<Claimant> others(Topics topics, String group, Claimant self) {
    return topics.members(group).orElse(List.of()).stream()
        .flatMap(clientId -> Claimant.parse(clientId).stream())
        .filter(other -> !other.equals(self) && other.isAlive().orElse(true));
  }

  /** Of runs that join at the same time, the first to start stays. */
  @Override
  public boolean confirm() {
    var unused = member.poll(POLL);
    if (!isMember) {
      return false;
    }
    others(topics, group, self)
        .filter(other -> isBefore(other, self))
        .findFirst()
        .ifPresent(
            other -> {
              throw OutputClaims.inUse(location, other);
            });
    return true;
  }

  private static boolean isBefore(Claimant one, Claimant other) {
    int order = one.since().compareTo(other.since());
    return order < 0 || (order == 0 && one.id().compareTo(other.id()) < 0);
  }

  /** After this member was removed, as when it was suspended, any other member has taken over. */
  @Override
  public Optional<Claimant> renew() {
    var unused = member.poll(POLL);
    if (!wasLost || !isMember) {
      return Optional.empty();
    }
    Optional<Claimant> taker = others(topics, group, self).findFirst();
    wasLost = false;
    return taker;
  }

  @Override
  public void close() {
    try {
      member.close(CLOSE);
    } catch (KafkaException | IllegalStateException e) {
      LOG.warn("can't leave the group {}; the broker ends the membership in {}", group, SESSION, e);
    }
  }

  private final class ReadNothing implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      member.pause(partitions);
      isMember = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      isMember = false;
      wasLost = true;
    }
  }
}
