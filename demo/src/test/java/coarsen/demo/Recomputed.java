package coarsen.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The expected result of a run, recomputed from the produced readings with decimal arithmetic and
 * {@code java.time}, which the pipeline does not use; and the rows that it is compared with.
 */
final class Recomputed {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WINDOW_SECONDS = 5;

  /** Count and mean of each window, recomputed, by start. */
  static SortedMap<Instant, String> windows(List<JsonNode> readings) {
    var sums = new TreeMap<Instant, BigDecimal>();
    var counts = new TreeMap<Instant, Integer>();
    for (JsonNode reading : readings) {
      long second = Instant.parse(reading.get("ts").textValue()).getEpochSecond();
      var start = Instant.ofEpochSecond(second - Math.floorMod(second, WINDOW_SECONDS));
      sums.merge(start, reading.get("value").decimalValue(), BigDecimal::add);
      counts.merge(start, 1, Integer::sum);
    }
    var windows = new TreeMap<Instant, String>();
    counts.forEach(
        (start, count) ->
            windows.put(
                start,
                count
                    + " of "
                    + sums.get(start)
                        .divide(BigDecimal.valueOf(count), MathContext.DECIMAL128)
                        .doubleValue()));
    return windows;
  }

  /** Count and mean of each window in its newest reduced row, by start. */
  static SortedMap<Instant, String> reported(List<JsonNode> rows) {
    var newest = new TreeMap<Instant, JsonNode>();
    for (JsonNode row : rows) {
      newest.merge(
          Instant.parse(row.get("start_time").textValue()),
          row,
          (a, b) -> a.get("revision").intValue() > b.get("revision").intValue() ? a : b);
    }
    var windows = new TreeMap<Instant, String>();
    newest.forEach(
        (start, row) ->
            windows.put(
                start, row.get("count").intValue() + " of " + row.get("avg_value").doubleValue()));
    return windows;
  }

  /** All messages of a topic. */
  static List<JsonNode> topic(String bootstrapServers, String topic) throws IOException {
    List<JsonNode> messages = new ArrayList<>();
    var bytes = new ByteArrayDeserializer();
    try (var consumer =
        new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers), bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          messages.add(JSON.readTree(record.value()));
        }
      }
    }
    return messages;
  }

  /** All rows of the visible files of a folder. */
  static List<JsonNode> folder(Path folder) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(".")) {
          throw new IOException("unfinished file: " + file);
        }
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
          rows.add(JSON.readTree(line));
        }
      }
    }
    return rows;
  }

  private Recomputed() {}
}
