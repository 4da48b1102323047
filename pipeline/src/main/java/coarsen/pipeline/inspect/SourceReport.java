package coarsen.pipeline.inspect;

import static coarsen.pipeline.inspect.Texts.count;
import static coarsen.pipeline.inspect.Texts.percent;

import coarsen.pipeline.time.EventTimeRules;
import coarsen.records.EventTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;

/** What a topic is, apart from what its messages hold. */
final class SourceReport {
  private static final int MANY_PARTITIONS = 4;
  private static final int EXAMPLE = 30;

  private final TopicSample sample;
  private final long now;

  SourceReport(TopicSample sample, InstantSource now) {
    this.sample = sample;
    this.now = EventTime.ofInstant(now.instant());
  }

  /**
   * Writes it.
   *
   * @param compression names of codecs; none if they are not known
   */
  void write(Lines lines, SortedSet<String> compression) {
    lines.add(
        "topic",
        sample.topic() + ", " + count(sample.ends().size(), "partition") + ", " + messages());
    lines.add("offsets", offsets());
    if (sample.size() == 0) {
      return;
    }
    lines.add("sample", "the newest " + count(sample.size(), "message") + rate());
    lines.add("Kafka's time", kafkaTime());
    if (!compression.isEmpty()) {
      lines.add("compression", String.join(", ", compression));
    }
    lines.add("keys", keys());
    lines.add("headers", headers());
  }

  private String messages() {
    return (hasGaps() ? "at most " : "") + count(sample.length(), "message");
  }

  /** Transactions and compaction leave offsets without a message. */
  private boolean hasGaps() {
    for (List<ConsumerRecord<byte[], byte[]>> its : sample.messages().values()) {
      if (!its.isEmpty() && its.get(its.size() - 1).offset() - its.get(0).offset() >= its.size()) {
        return true;
      }
    }
    return sample.size() == 0 && sample.length() > 0;
  }

  private String offsets() {
    Set<String> ranges = new LinkedHashSet<>();
    sample.ends().forEach((partition, end) -> ranges.add(range(oldest(partition), end)));
    if (ranges.size() == 1) {
      return ranges.iterator().next() + (sample.ends().size() > 1 ? " in each partition" : "");
    }
    if (sample.ends().size() <= MANY_PARTITIONS) {
      return sample.ends().entrySet().stream()
          .map(end -> range(oldest(end.getKey()), end.getValue()) + " in partition " + end.getKey())
          .collect(Collectors.joining("; "));
    }
    var oldest = sample.oldest().values().stream().mapToLong(Long::longValue).summaryStatistics();
    var ends = sample.ends().values().stream().mapToLong(Long::longValue).summaryStatistics();
    return "the first from %s, the ends from %s"
        .formatted(range(oldest.getMin(), oldest.getMax()), range(ends.getMin(), ends.getMax()));
  }

  private long oldest(int partition) {
    return sample.oldest().getOrDefault(partition, 0L);
  }

  private static String range(long min, long max) {
    return count(min) + " to " + count(max);
  }

  private String kafkaTime() {
    List<ConsumerRecord<byte[], byte[]>> timed =
        sample
            .all()
            .filter(message -> EventTimeRules.isPlausible(message.timestamp(), now))
            .toList();
    if (timed.isEmpty()) {
      return "unusable, such as " + sample.all().findFirst().orElseThrow().timestamp();
    }
    long newest = timed.stream().mapToLong(ConsumerRecord::timestamp).max().orElseThrow();
    boolean isBrokers = timed.get(0).timestampType() == TimestampType.LOG_APPEND_TIME;
    int unusable = sample.size() - timed.size();
    return (isBrokers ? "LogAppendTime (the broker's)" : "CreateTime (the producers')")
        + ", newest "
        + Instant.ofEpochMilli(newest).truncatedTo(ChronoUnit.SECONDS)
        + age(now - newest * 1_000)
        + (unusable == 0 ? "" : "; unusable in " + percent(unusable, sample.size()));
  }

  private static String age(long micros) {
    return micros < 0
        ? " (" + Texts.duration(-micros) + " ahead of this machine's clock)"
        : " (" + Texts.duration(micros) + " ago)";
  }

  /** Of each partition at the time of its newest messages. */
  private String rate() {
    double rate = 0;
    for (List<ConsumerRecord<byte[], byte[]>> its : sample.messages().values()) {
      var times =
          its.stream()
              .mapToLong(ConsumerRecord::timestamp)
              .filter(millis -> EventTimeRules.isPlausible(millis, now))
              .summaryStatistics();
      if (times.getCount() > 1 && times.getMax() > times.getMin()) {
        rate += (times.getCount() - 1) * 1_000.0 / (times.getMax() - times.getMin());
      }
    }
    return rate == 0 ? "" : ", sent at " + Texts.rate(rate) + " a second by Kafka's time";
  }

  private String keys() {
    List<byte[]> keys =
        sample.all().filter(message -> message.key() != null).map(ConsumerRecord::key).toList();
    if (keys.isEmpty()) {
      return "none";
    }
    return share(keys.size()) + KeyKind.describe(keys, EXAMPLE);
  }

  private String headers() {
    SortedMap<String, Integer> names = new TreeMap<>();
    sample
        .all()
        .forEach(
            message -> {
              for (Header header : message.headers()) {
                names.merge(header.key(), 1, Integer::sum);
              }
            });
    return names.isEmpty()
        ? "none"
        : names.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(name -> Texts.cut(name.getKey(), EXAMPLE) + share(name))
            .collect(Collectors.joining(", "));
  }

  private String share(Map.Entry<String, Integer> name) {
    return name.getValue() == sample.size()
        ? ""
        : " (" + percent(name.getValue(), sample.size()) + ")";
  }

  private String share(int messages) {
    return messages == sample.size() ? "" : "in " + percent(messages, sample.size()) + ", ";
  }
}
