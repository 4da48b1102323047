package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import coarsen.records.Aggregates;
import coarsen.records.EventTime;
import coarsen.records.EventWindow;
import coarsen.records.OffsetRange;
import coarsen.records.Pane;
import coarsen.records.Provenance;
import coarsen.records.Reading;
import coarsen.records.RowVersion;
import coarsen.records.WindowSummary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A source topic and the outputs of runs over it, by the rules of event time that the documents
 * state: a partition's clock, late readings, stragglers that correct a window, rejects.
 */
final class RightOutputs {
  static final String TOPIC = "readings";
  static final Rules RULES =
      new Rules(null, Duration.ofSeconds(2), Duration.ofSeconds(20), Rules.DEFAULT.maxFutureSkew());
  static final long BEGIN = EventTime.parse("2021-01-23T12:12:00Z");

  /** After all of this. */
  private static final Instant NOW = Instant.parse("2021-01-24T00:00:00Z");

  private static final int PARTITIONS = 2;
  private static final int MESSAGES = 400;
  private static final long WINDOW = 5_000_000;

  /** What the pipeline makes of a message: a reading, or a reason with null for its value. */
  record Parsed(long tsMicros, double value, String reason) {}

  /** A message, and what is right to make of its parts, whose index is their place in the list. */
  record Sent(SourceMessage message, List<Parsed> parts) {
    Sent(SourceMessage message, Parsed parsed) {
      this(message, List.of(parsed));
    }

    Parsed parsed() {
      return parts.get(0);
    }
  }

  final List<SourceMessage> source = new ArrayList<>();
  final List<String> raw = new ArrayList<>();
  final List<String> reduced = new ArrayList<>();
  final List<String> rejected = new ArrayList<>();

  private final Map<Long, Window> windows = new TreeMap<>();
  private final long[] clocks = new long[PARTITIONS];
  private final List<TreeMap<Long, Long>> reached = new ArrayList<>();
  private int run;

  /** The readings of a window so far. */
  private static final class Window {
    private final List<Double> values = new ArrayList<>();
    private final Map<Integer, OffsetRange> offsets = new HashMap<>();
    private int revision;
    private boolean ended;
  }

  /** One run over all messages. */
  static RightOutputs ofOneRun() {
    var outputs = new RightOutputs();
    List<Sent> sent = messages();
    sent.forEach(message -> outputs.source.add(message.message()));
    outputs.run(0, sent, true);
    return outputs;
  }

  /** One run over messages that are arrays of the same readings, 25 each. */
  static RightOutputs ofArrays() {
    var outputs = new RightOutputs();
    List<Sent> sent = arrays();
    sent.forEach(message -> outputs.source.add(message.message()));
    outputs.run(0, sent, true);
    return outputs;
  }

  /** A run over arrays that was stopped halfway, and one that read everything again. */
  static RightOutputs ofTwoRunsOverArrays() {
    return ofTwoRuns(arrays());
  }

  /** A run that was stopped halfway, and one that read everything again. */
  static RightOutputs ofTwoRuns() {
    return ofTwoRuns(messages());
  }

  private static RightOutputs ofTwoRuns(List<Sent> sent) {
    var outputs = new RightOutputs();
    sent.forEach(message -> outputs.source.add(message.message()));
    outputs.run(0, sent.subList(0, sent.size() / 2), false);
    outputs.run(1, sent, true);
    return outputs;
  }

  /** One run whose parser made something else of some messages. */
  static RightOutputs ofRunOver(List<Sent> understood) {
    var outputs = new RightOutputs();
    messages().forEach(message -> outputs.source.add(message.message()));
    outputs.run(0, understood, true);
    return outputs;
  }

  /** All messages, and what is right to make of them. */
  static List<Sent> messages() {
    List<Sent> sent = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      long inOrder = BEGIN + i * 250_000L;
      long ts = inOrder;
      if (i % 17 == 5) {
        ts -= 1_500_000;
      } else if (i % 41 == 40) {
        ts -= 12_000_000;
      } else if (i % 61 == 60 && i > 200) {
        ts -= 45_000_000;
      } else if (i == 222) {
        ts += 3_600_000_000L;
      }
      double value = (i * 37 % 101) / 4.0;
      String text = "{\"ts\":\"" + EventTime.format(ts) + "\",\"value\":" + value + "}";
      String reason = i == 222 ? "FROM_THE_FUTURE" : null;
      if (i % 23 == 7) {
        text = text.replace("\"value\":", "\"value\":\"").replace("}", "\"}");
        reason = "NOT_A_NUMBER";
      } else if (i % 97 == 50) {
        text = "no JSON";
        reason = "NOT_JSON";
      }
      var message =
          new SourceMessage(
              i % PARTITIONS, i / PARTITIONS, inOrder / 1_000 + 50, text.getBytes(UTF_8));
      sent.add(new Sent(message, new Parsed(ts, value, reason)));
    }
    return sent;
  }

  private static List<Sent> arrays() {
    List<Sent> arrays = new ArrayList<>();
    List<Sent> messages = messages();
    for (int from = 0; from < MESSAGES; from += 25 * PARTITIONS) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        List<String> elements = new ArrayList<>();
        List<Parsed> parts = new ArrayList<>();
        long kafkaMillis = 0;
        for (int i = from + partition; i < from + 25 * PARTITIONS; i += PARTITIONS) {
          Sent sent = messages.get(i);
          boolean isObject = !"NOT_JSON".equals(sent.parsed().reason());
          elements.add(isObject ? new String(sent.message().value(), UTF_8) : "[]");
          parts.add(isObject ? sent.parsed() : new Parsed(0, 0, "NOT_AN_OBJECT"));
          kafkaMillis = sent.message().kafkaMillis();
        }
        byte[] value = elements.toString().getBytes(UTF_8);
        int offset = from / (25 * PARTITIONS);
        arrays.add(new Sent(new SourceMessage(partition, offset, kafkaMillis, value), parts));
      }
    }
    return arrays;
  }

  private void run(int number, List<Sent> messages, boolean toTheEnd) {
    run = number;
    windows.clear();
    reached.clear();
    for (int i = 0; i < PARTITIONS; i++) {
      clocks[i] = Long.MIN_VALUE / 2;
      reached.add(new TreeMap<>());
    }
    for (Sent sent : messages) {
      SourceMessage message = sent.message();
      boolean hasPayload = false;
      for (int i = 0; i < sent.parts().size(); i++) {
        Parsed part = sent.parts().get(i);
        if (part.reason() != null) {
          rejected.add(rejectedRow(message, i, part.reason(), run, !hasPayload));
          hasPayload = true;
        } else {
          read(message, i, part);
          close(Math.min(clocks[0], clocks[1]));
        }
      }
    }
    if (toTheEnd) {
      close(Long.MAX_VALUE);
    }
  }

  private void read(SourceMessage message, int index, Parsed reading) {
    int partition = message.partition();
    long ts = reading.tsMicros();
    long start = EventTime.windowStart(ts, WINDOW);
    boolean late = start + WINDOW - 1_000 + RULES.allowedLatenessMicros() < clocks[partition];
    raw.add(
        new Reading(ts, reading.value(), partition, message.offset(), index, run, late).toJson());
    reached.get(partition).putIfAbsent(ts, message.offset());
    long watermark = Math.min(clocks[0], clocks[1]);
    clocks[partition] =
        Math.max(
            clocks[partition], Math.min(ts, message.kafkaMicros()) - RULES.maxOutOfOrderMicros());
    if (late) {
      return;
    }
    Window window = windows.computeIfAbsent(start, key -> new Window());
    window.values.add(reading.value());
    window.offsets.merge(
        partition, new OffsetRange(message.offset(), message.offset()), OffsetRange::span);
    if (window.ended || watermark >= start + WINDOW) {
      window.ended = true;
      write(start, window, Pane.LATE);
    } else if (window.values.size() == 3 && start == BEGIN + 8 * WINDOW) {
      write(start, window, Pane.EARLY);
    }
  }

  private void close(long watermark) {
    windows.forEach(
        (start, window) -> {
          if (!window.ended && watermark >= start + WINDOW) {
            window.ended = true;
            write(start, window, Pane.ON_TIME);
          }
        });
  }

  private void write(long start, Window window, Pane pane) {
    var replayFrom = new HashMap<Integer, Long>();
    window.offsets.forEach(
        (partition, range) ->
            replayFrom.put(
                partition,
                reached.get(partition).tailMap(start, true).values().stream()
                    .mapToLong(Long::longValue)
                    .min()
                    .orElseThrow()));
    reduced.add(
        new WindowSummary(
                new EventWindow(start, start + WINDOW),
                window.values.size(),
                aggregates(window.values),
                pane,
                new RowVersion(run, window.revision++),
                Provenance.of(window.offsets, replayFrom))
            .toJson());
  }

  static Aggregates aggregates(List<Double> values) {
    BigDecimal count = BigDecimal.valueOf(values.size());
    BigDecimal sum = values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal squares =
        values.stream().map(v -> new BigDecimal(v).pow(2)).reduce(BigDecimal.ZERO, BigDecimal::add);
    double mean = sum.divide(count, MathContext.DECIMAL128).doubleValue();
    double deviation =
        count
            .multiply(squares)
            .subtract(sum.pow(2))
            .sqrt(MathContext.DECIMAL128)
            .divide(count, MathContext.DECIMAL128)
            .doubleValue();
    double min = values.stream().min(Double::compare).orElseThrow();
    double max = values.stream().max(Double::compare).orElseThrow();
    return Aggregates.of(
        aggregate ->
            switch (aggregate) {
              case MEAN -> mean;
              case MIN -> min;
              case MAX -> max;
              case STANDARD_DEVIATION -> deviation;
              default -> 0;
            });
  }

  static String rejectedRow(
      SourceMessage message, int index, String reason, int run, boolean hasPayload) {
    return "{\"reason\":\"%s\",\"detail\":\"for people\",\"topic\":\"%s\",\"partition\":%d,\"offset\":%d,%s\"run\":%d,\"payload\":%s}"
        .formatted(
            reason,
            TOPIC,
            message.partition(),
            message.offset(),
            index == 0 ? "" : "\"index\":" + index + ",",
            run,
            hasPayload ? '"' + Base64.getEncoder().encodeToString(message.value()) + '"' : "null");
  }

  /** Verifies what is there now. */
  Balance verify(Rules rules, boolean deep) {
    var scope = new Verification.Scope(true, true, TOPIC, deep ? JsonMessageFormat.DEFAULT : null);
    var verification = new Verification(scope, rules, () -> NOW);
    reduced.forEach(row -> pass(row, verification::reduced));
    raw.forEach(row -> pass(row, verification::rawFirst));
    rejected.forEach(row -> pass(row, verification::rejected));
    source.forEach(verification::source);
    var ends = new HashMap<>(Map.of(0, 0L, 1, 0L));
    source.forEach(message -> ends.merge(message.partition(), message.offset() + 1, Math::max));
    verification.sourceBounds(Map.of(0, 0L, 1, 0L), ends);
    while (verification.nextPass()) {
      if (verification.hasSeries()) {
        reduced.forEach(row -> pass(row, verification::reducedAgain));
      }
      raw.forEach(row -> pass(row, verification::rawAgain));
    }
    return verification.balance();
  }

  private interface Handler {
    void row(byte[] json, int offset, int length);
  }

  private static void pass(String row, Handler handler) {
    byte[] bytes = row.getBytes(UTF_8);
    handler.row(bytes, 0, bytes.length);
  }
}
