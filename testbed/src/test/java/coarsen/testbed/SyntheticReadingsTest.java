package coarsen.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.EventTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntheticReadingsTest {
  private static final Instant START = Instant.parse("2021-01-23T12:00:00Z");
  private static final long NOW = EventTime.parse("2026-02-03T04:05:06.789012Z");
  private static final EventTimes THOUSAND_A_SECOND = new EventTimes(START, 1_000);
  private static final Faults ALL =
      new Faults(Duration.ofSeconds(8), 0.1, 0.1, Duration.ofHours(1), 0.1, 0.1);
  private static final Pattern READING =
      Pattern.compile("\\{\"ts\":\"([^\"]+)\",\"value\":(\\d{1,2})}");

  @Test
  void readingsAreJsonObjectsOfTsAndValue() {
    var readings = readings(1, Faults.NONE, THOUSAND_A_SECOND, 4);
    assertEquals("{\"ts\":\"2021-01-23T12:00:00Z\",\"value\":N}", shape(readings.next(NOW)));
    assertEquals("{\"ts\":\"2021-01-23T12:00:00.001Z\",\"value\":N}", shape(readings.next(NOW)));
  }

  @Test
  void aThousandReadingsASecondFillEachWindowWithFiveThousand() {
    var readings = readings(1, Faults.NONE, THOUSAND_A_SECOND, 4);
    for (int i = 0; i < 20_000; i++) {
      long window = EventTime.windowStart(time(readings.next(NOW)), 5_000_000);
      assertEquals(EventTime.ofInstant(START) + i / 5_000 * 5_000_000L, window);
    }
  }

  @Test
  void eventTimesDoNotDriftWhenTheRateDoesNotDivideASecond() {
    var times = new EventTimes(START, 3);
    assertEquals(EventTime.ofInstant(START) + 333_333, times.micros(1));
    assertEquals(
        EventTime.ofInstant(START.plusSeconds(1_000_000_000)), times.micros(3_000_000_000L));
  }

  @Test
  void withoutAStartEventTimesAreNowAndNeverGoBack() {
    var readings = readings(1, Faults.NONE, null, 4);
    assertEquals(NOW, time(readings.next(NOW)));
    assertEquals(NOW, time(readings.next(NOW - 1)));
    assertEquals(NOW + 1, time(readings.next(NOW + 1)));
  }

  @Test
  void valuesAreEvenlyDistributedFrom0To99() {
    int[] counts = new int[100];
    for (SyntheticReadings.Message message : messages(7, Faults.NONE, 100_000)) {
      counts[value(message)]++;
    }
    for (int count : counts) {
      // Six standard deviations of a binomial with mean 1,000.
      assertEquals(1_000, count, 190);
    }
  }

  @Test
  void aWaveStaysCloseToItselfButForSpikesAndStepsAndEndsWhereItsSeedSays() {
    List<Double> values = wave(7);
    int jumps = 0;
    for (int i = 1; i < values.size(); i++) {
      jumps += Math.abs(values.get(i) - values.get(i - 1)) > 25 ? 1 : 0;
      assertTrue(values.get(i) > -20 && values.get(i) < 120, values.get(i)::toString);
    }
    // Of 30,000 readings 0.4 % are spikes: a way up and a way down for each.
    assertEquals(240, jumps, 90);
    double least = means(values).stream().mapToDouble(mean -> mean).min().orElseThrow();
    double greatest = means(values).stream().mapToDouble(mean -> mean).max().orElseThrow();
    assertTrue(greatest - least > 25, () -> least + " to " + greatest);
    assertEquals(values, wave(7));
    assertNotEquals(values, wave(8));
  }

  /** Means of a second each. */
  private static List<Double> means(List<Double> values) {
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < values.size(); i += 100) {
      means.add(
          values.subList(i, i + 100).stream().mapToDouble(value -> value).average().orElseThrow());
    }
    return means;
  }

  private static List<Double> wave(long seed) {
    var readings =
        new SyntheticReadings(
            new GeneratorSettings.Content(
                new EventTimes(START, 100), Faults.NONE, Shape.WAVE, 1, seed),
            4);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      String text = text(readings.next(NOW));
      values.add(Double.valueOf(text.replaceAll(".*\"value\":(.*)}", "$1")));
    }
    return values;
  }

  @Test
  void theSameSeedGivesTheSameMessagesAndAnotherSeedOthers() {
    assertEquals(texts(messages(7, ALL, 5_000)), texts(messages(7, ALL, 5_000)));
    assertNotEquals(texts(messages(7, ALL, 5_000)), texts(messages(8, ALL, 5_000)));
  }

  /** Otherwise results of two versions could not be compared. */
  @ParameterizedTest
  @CsvSource({
    "UNIFORM, 53,   21,   5,    65450db8ead4fb2e",
    "WAVE,    40.4, 39.5, 39.5, 875a29e2d514a6f8",
  })
  void aSeedGivesTheSameMessagesInEveryVersion(
      Shape shape, String first, String second, String third, String digest) throws Exception {
    var readings =
        new SyntheticReadings(
            new GeneratorSettings.Content(new EventTimes(START, 100), ALL, shape, 1, 7), 4);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      texts.add(text(readings.next(NOW)));
    }
    assertEquals(
        List.of(
            "{\"ts\":\"2021-01-23T12:00:00Z\",\"value\":" + first + "}",
            "{\"ts\":\"2021-01-23T12:00:00.010Z\",\"value\":" + second + "}",
            "{\"ts\":\"2021-01-23T12:00:00.020Z\",\"value\":" + third + "}"),
        texts.subList(0, 3));
    byte[] all = String.join("\n", texts).getBytes(UTF_8);
    assertEquals(
        digest, HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all), 0, 8));
  }

  @Test
  void faultsDoNotChangeTheValuesOfOtherReadings() {
    List<SyntheticReadings.Message> without = messages(7, Faults.NONE, 5_000);
    List<SyntheticReadings.Message> with = messages(7, ALL, 5_000);
    for (int i = 0; i < with.size(); i++) {
      if (with.get(i).kind() != ReadingKind.MALFORMED) {
        assertEquals(value(without.get(i)), value(with.get(i)));
      }
    }
  }

  @Test
  void eachFaultHasItsShareOfTheMessages() {
    Map<ReadingKind, Integer> counts = new EnumMap<>(ReadingKind.class);
    messages(7, ALL, 100_000).forEach(message -> counts.merge(message.kind(), 1, Integer::sum));
    for (ReadingKind kind : ReadingKind.values()) {
      // Six standard deviations of a binomial with 100,000 draws.
      assertEquals(
          kind == ReadingKind.IN_ORDER ? 60_000 : 10_000, counts.getOrDefault(kind, 0), 930);
    }
  }

  @Test
  void eventTimesAreMovedAsTheirFaultSays() {
    List<SyntheticReadings.Message> messages = messages(7, ALL, 20_000);
    for (int i = 0; i < messages.size(); i++) {
      SyntheticReadings.Message message = messages.get(i);
      long inOrder = THOUSAND_A_SECOND.micros(i);
      switch (message.kind()) {
        case IN_ORDER -> assertEquals(inOrder, time(message));
        case OUT_OF_ORDER -> {
          long back = inOrder - time(message);
          assertTrue(back > 0 && back <= 8_000_000, () -> "moved by " + back + " µs");
        }
        case LATE -> assertEquals(inOrder - 3_600_000_000L, time(message));
        case MALFORMED -> assertTrue(malformed().contains(text(message)), text(message));
        case FUTURE -> assertEquals(NOW + 86_400_000_000L, time(message));
      }
    }
  }

  @Test
  void theFirstMessagesAndTheFirstOfEachPartitionHaveNoFault() {
    var faults = new Faults(Duration.ZERO, 0, 1, Duration.ofHours(1), 0, 0);
    for (int partitions : new int[] {4, 250}) {
      int faultless = Math.max(100, partitions);
      var readings = readings(7, faults, THOUSAND_A_SECOND, partitions);
      for (int i = 0; i < faultless + 50; i++) {
        assertEquals(
            i < faultless ? ReadingKind.IN_ORDER : ReadingKind.LATE, readings.next(NOW).kind());
      }
    }
  }

  @Test
  void everyMalformedMessageIsSentAndNoneIsAReading() {
    var faults = new Faults(Duration.ZERO, 0, 0, Duration.ZERO, 1, 0);
    Set<String> sent = new HashSet<>(texts(messages(7, faults, 3_000).subList(100, 3_000)));
    assertEquals(malformed(), sent);
    for (String text : sent) {
      Matcher matcher = READING.matcher(text);
      assertTrue(!matcher.matches() || !isTime(matcher.group(1)), text);
    }
  }

  private static SyntheticReadings readings(
      long seed, Faults faults, EventTimes eventTimes, int partitions) {
    return new SyntheticReadings(
        new GeneratorSettings.Content(eventTimes, faults, seed), partitions);
  }

  private static List<SyntheticReadings.Message> messages(long seed, Faults faults, int count) {
    var readings = readings(seed, faults, THOUSAND_A_SECOND, 4);
    List<SyntheticReadings.Message> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(readings.next(NOW));
    }
    return messages;
  }

  private static Set<String> malformed() {
    Set<String> texts = new HashSet<>();
    for (byte[] value : MalformedMessages.ALWAYS) {
      texts.add(text(value));
    }
    return texts;
  }

  private static List<String> texts(List<SyntheticReadings.Message> messages) {
    return messages.stream().map(SyntheticReadingsTest::text).toList();
  }

  private static String text(SyntheticReadings.Message message) {
    return text(message.value());
  }

  private static String text(byte @Nullable [] value) {
    return value == null ? "tombstone" : new String(value, UTF_8);
  }

  private static String shape(SyntheticReadings.Message message) {
    return text(message).replaceAll("\"value\":\\d+", "\"value\":N");
  }

  private static long time(SyntheticReadings.Message message) {
    return EventTime.parse(group(message, 1));
  }

  private static int value(SyntheticReadings.Message message) {
    return Integer.parseInt(group(message, 2));
  }

  private static String group(SyntheticReadings.Message message, int group) {
    Matcher matcher = READING.matcher(text(message));
    assertTrue(matcher.matches(), () -> text(message));
    return matcher.group(group);
  }

  private static boolean isTime(String text) {
    try {
      return EventTime.parse(text) <= EventTime.MAX_MICROS;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
