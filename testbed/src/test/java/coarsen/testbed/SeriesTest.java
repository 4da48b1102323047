package coarsen.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Readings of several devices. */
class SeriesTest {
  private static final Instant START = Instant.parse("2021-01-23T12:00:00Z");
  private static final long START_MICROS = EventTime.ofInstant(START);
  private static final long NOW = EventTime.parse("2026-02-03T04:05:06.789012Z");
  private static final Pattern READING =
      Pattern.compile(
          "\\{\"ts\":\"([^\"]+)\",\"device\":\"([^\"]+)\",\"value\":(-?\\d+(\\.\\d)?)}");

  /** Six devices, ten minutes, 60 readings a second. */
  private static final List<Reading> SIX = readings(messages(6, Shape.WAVE, 7, 60, 36_000));

  private record Reading(String device, double seconds, double value) {}

  @Test
  void aReadingNamesItsDeviceWhichIsAlsoItsKey() {
    List<SyntheticReadings.Message> messages = messages(12, Shape.UNIFORM, 7, 1_000, 1_200);
    assertTrue(
        text(messages.get(0))
            .matches("\\{\"ts\":\"2021-01-23T12:00:00Z\",\"device\":\"sensor-..\",\"value\":\\d+}"),
        text(messages.get(0)));
    for (SyntheticReadings.Message message : messages) {
      assertArrayEquals(reading(message).device().getBytes(UTF_8), message.key());
    }
  }

  @Test
  void namesArePaddedSoThatTheySort() {
    assertEquals(
        List.of("sensor-1", "sensor-2", "sensor-3", "sensor-4", "sensor-5", "sensor-6"),
        List.copyOf(byDevice(SIX).keySet()));
    var names = byDevice(readings(messages(1_000, Shape.UNIFORM, 7, 1_000, 1_000))).keySet();
    assertEquals(
        IntStream.rangeClosed(1, 1_000).mapToObj("sensor-%04d"::formatted).toList(),
        List.copyOf(names));
  }

  @Test
  void aDeviceStaysInOnePartitionAndThePartitionsShareTheDevices() {
    Map<String, Integer> partitions = new HashMap<>();
    int[] devices = new int[4];
    for (SyntheticReadings.Message message : messages(1_000, Shape.WAVE, 7, 1_000, 10_000)) {
      Integer before = partitions.put(reading(message).device(), message.partition());
      if (before == null) {
        devices[message.partition()]++;
      } else {
        assertEquals(before, message.partition());
      }
    }
    for (int count : devices) {
      // Six standard deviations of a binomial with mean 250.
      assertEquals(250, count, 82);
    }
  }

  @Test
  void withoutSilenceEachRoundHasEachDeviceOnceInAnOrderOfItsOwn() {
    List<String> devices =
        readings(messages(50, Shape.UNIFORM, 7, 10, 5_000)).stream().map(Reading::device).toList();
    Set<List<String>> rounds = new HashSet<>();
    for (int i = 0; i < devices.size(); i += 50) {
      List<String> round = devices.subList(i, i + 50);
      assertEquals(50, Set.copyOf(round).size());
      rounds.add(round);
    }
    assertEquals(100, rounds.size());
  }

  @Test
  void aFullWindowHasAsManyReadingsOfEachOfManyDevices() {
    Map<String, List<Reading>> devices =
        byDevice(readings(messages(200, Shape.UNIFORM, 7, 2_000, 30_000)));
    assertEquals(200, devices.size());
    for (List<Reading> readings : devices.values()) {
      for (int window = 0; window < 3; window++) {
        assertEquals(50, between(readings, 5 * window, 5 * window + 5).size());
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameMessagesAndAnotherSeedOthers() {
    List<String> texts = texts(messages(6, Shape.WAVE, 7, 60, 5_000));
    assertEquals(texts, texts(messages(6, Shape.WAVE, 7, 60, 5_000)));
    assertNotEquals(texts, texts(messages(6, Shape.WAVE, 8, 60, 5_000)));
  }

  @Test
  void eventTimesRiseEvenlyWhoeverIsSilent() {
    for (int i = 0; i < SIX.size(); i++) {
      assertEquals(i / 60.0, SIX.get(i).seconds(), 1e-6);
    }
  }

  @Test
  void eachOfSixDevicesHasItsShareAndStaysAtItsLevel() {
    double below = Double.NEGATIVE_INFINITY;
    for (List<Reading> readings : byDevice(SIX).values()) {
      assertEquals(6_000, readings.size(), 150);
      List<Double> means = new ArrayList<>();
      for (int second = 0; second < 600; second += 5) {
        List<Reading> window = between(readings, second, second + 5);
        if (window.size() > 10) {
          means.add(window.stream().mapToDouble(Reading::value).average().orElseThrow());
        }
      }
      double level = means.stream().mapToDouble(mean -> mean).average().orElseThrow();
      assertTrue(level - below > 14, level + " is close to " + below);
      double width = Collections.max(means) - Collections.min(means);
      assertTrue(width > 5 && width < 25, () -> "means are " + width + " apart");
      below = level;
    }
  }

  @Test
  void devicesRiseAndFallAtTheirOwnTimes() {
    List<List<Double>> series = new ArrayList<>();
    // Before the first silence begins.
    for (List<Reading> readings : byDevice(SIX).values()) {
      List<Double> changes = new ArrayList<>();
      for (int second = 0; second < 14; second++) {
        changes.add(mean(readings, second + 1) - mean(readings, second));
      }
      series.add(changes);
    }
    for (int i = 0; i < series.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertTrue(distance(series.get(i), series.get(j)) > 0.5, i + " moves as " + j + " does");
      }
    }
  }

  @Test
  void oneInThreeDevicesHasSpikes() {
    byDevice(SIX)
        .forEach(
            (device, readings) -> {
              double jumps =
                  IntStream.range(1, readings.size())
                      .filter(i -> readings.get(i).value() - readings.get(i - 1).value() > 15)
                      .count();
              // 3 % of 6,000 readings, but for those that follow another: six standard deviations.
              boolean spiky = Set.of("sensor-2", "sensor-5").contains(device);
              assertEquals(spiky ? 175 : 0, jumps, spiky ? 80 : 0, device);
            });
  }

  @Test
  void inEachMinuteOneOfSixDevicesFallsSilentForTwentySecondsAndTheOthersFillIn() {
    Map<String, List<Reading>> devices = byDevice(SIX);
    for (int minute = 0; minute < 600; minute += 60) {
      Set<String> silent = new HashSet<>();
      for (var device : devices.entrySet()) {
        List<Reading> readings = between(device.getValue(), minute, minute + 60);
        for (int i = 1; i < readings.size(); i++) {
          double from = readings.get(i - 1).seconds();
          double gap = readings.get(i).seconds() - from;
          if (gap > 1) {
            assertEquals(20, gap, 0.5);
            silent.add(device.getKey());
            List<Reading> meanwhile = between(SIX, from, from + gap);
            assertEquals(60 * gap, meanwhile.size(), 2);
            assertEquals(5, byDevice(meanwhile.subList(1, meanwhile.size())).size());
          }
        }
      }
      assertFalse(silent.isEmpty(), "no silence in the minute from second " + minute);
    }
  }

  @Test
  void everyDeviceOfManyFallsSilentAndMostAreHeardAtAnyTime() {
    List<Reading> readings = readings(messages(60, Shape.WAVE, 7, 300, 300 * 300));
    // From 40 s on, when the first have been silent.
    for (int second = 40; second < 300; second += 20) {
      // A twelfth of 60 is silent; one may begin or end within the second.
      assertEquals(55, byDevice(between(readings, second, second + 1)).size(), 1);
    }
    for (List<Reading> device : byDevice(readings).values()) {
      assertTrue(
          IntStream.range(1, device.size())
              .anyMatch(i -> device.get(i).seconds() - device.get(i - 1).seconds() > 19));
    }
  }

  @Test
  void faultsDoNotChangeWhoSendsAndWhat() {
    var faults = new Faults(Duration.ofSeconds(8), 0.1, 0.1, Duration.ofHours(1), 0.1, 0.1);
    List<SyntheticReadings.Message> with = messages(6, faults, Shape.WAVE, 7, 60, 5_000);
    List<SyntheticReadings.Message> without = messages(6, Shape.WAVE, 7, 60, 5_000);
    Set<ReadingKind> kinds = new HashSet<>();
    for (int i = 0; i < with.size(); i++) {
      kinds.add(with.get(i).kind());
      assertArrayEquals(without.get(i).key(), with.get(i).key());
      if (with.get(i).kind() != ReadingKind.MALFORMED) {
        assertEquals(reading(without.get(i)).device(), reading(with.get(i)).device());
        assertEquals(reading(without.get(i)).value(), reading(with.get(i)).value());
      }
    }
    assertEquals(Set.of(ReadingKind.values()), kinds);
  }

  @Test
  void theFirstMessageOfEachPartitionHasNoFaultHoweverLateItComes() {
    var late = new Faults(Duration.ZERO, 0, 1, Duration.ofHours(1), 0, 0);
    var content =
        new GeneratorSettings.Content(new EventTimes(START, 1_000), late, Shape.UNIFORM, 10_000, 7);
    var readings = new SyntheticReadings(content, 200);
    Set<Integer> begun = new HashSet<>();
    int firstAfterHundred = 0;
    for (int i = 0; i < 10_000; i++) {
      SyntheticReadings.Message message = readings.next(NOW);
      boolean first = begun.add(message.partition());
      firstAfterHundred += first && i >= 100 ? 1 : 0;
      assertEquals(
          first || i < 100 ? ReadingKind.IN_ORDER : ReadingKind.LATE, message.kind(), "" + i);
    }
    assertTrue(firstAfterHundred > 50, "a hundred messages can't reach 200 partitions");
  }

  @Test
  void malformedMessagesIncludeThoseWithoutADeviceAndNoneIsAReading() {
    var malformed = new Faults(Duration.ZERO, 0, 0, Duration.ZERO, 1, 0);
    Set<String> sent =
        new HashSet<>(
            texts(messages(6, malformed, Shape.UNIFORM, 7, 60, 3_100).subList(100, 3_100)));
    for (String text : sent) {
      assertFalse(READING.matcher(text).matches(), text);
    }
    assertTrue(
        sent.containsAll(
            List.of(
                "{\"ts\":\"2021-01-23T12:12:55.123Z\",\"value\":57}",
                "{\"ts\":\"2021-01-23T12:12:55.123Z\",\"device\":null,\"value\":57}",
                "{\"ts\":\"2021-01-23T12:12:55.123Z\",\"device\":[\"sensor-1\"],\"value\":57}",
                "{\"ts\":\"2021-01-23T12:12:55.123Z\",\"device\":{\"name\":\"sensor-1\"},\"value\":57}",
                "tombstone")),
        sent::toString);
    assertEquals(MalformedMessages.ALWAYS.size() + 4, sent.size());
  }

  private static List<SyntheticReadings.Message> messages(
      int series, Shape shape, long seed, int perSecond, int count) {
    return messages(series, Faults.NONE, shape, seed, perSecond, count);
  }

  private static List<SyntheticReadings.Message> messages(
      int series, Faults faults, Shape shape, long seed, int perSecond, int count) {
    var content =
        new GeneratorSettings.Content(
            new EventTimes(START, perSecond), faults, shape, series, seed);
    var readings = new SyntheticReadings(content, 4);
    List<SyntheticReadings.Message> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(readings.next(NOW));
    }
    return messages;
  }

  private static List<Reading> readings(List<SyntheticReadings.Message> messages) {
    return messages.stream().map(SeriesTest::reading).toList();
  }

  private static Reading reading(SyntheticReadings.Message message) {
    Matcher matcher = READING.matcher(text(message));
    assertTrue(matcher.matches(), () -> text(message));
    return new Reading(
        matcher.group(2),
        (EventTime.parse(matcher.group(1)) - START_MICROS) / 1e6,
        Double.parseDouble(matcher.group(3)));
  }

  private static List<String> texts(List<SyntheticReadings.Message> messages) {
    return messages.stream().map(SeriesTest::text).toList();
  }

  private static String text(SyntheticReadings.Message message) {
    byte[] value = message.value();
    return value == null ? "tombstone" : new String(value, UTF_8);
  }

  private static Map<String, List<Reading>> byDevice(Collection<Reading> readings) {
    Map<String, List<Reading>> devices = new TreeMap<>();
    for (Reading reading : readings) {
      devices.computeIfAbsent(reading.device(), device -> new ArrayList<>()).add(reading);
    }
    return devices;
  }

  private static List<Reading> between(List<Reading> readings, double from, double to) {
    return readings.stream().filter(each -> each.seconds() >= from && each.seconds() < to).toList();
  }

  /** Mean of a second, without spikes. */
  private static double mean(List<Reading> readings, int second) {
    double[] values =
        between(readings, second, second + 1).stream()
            .mapToDouble(Reading::value)
            .sorted()
            .toArray();
    return IntStream.range(0, values.length / 2)
        .mapToDouble(i -> values[i])
        .average()
        .orElseThrow();
  }

  private static double distance(List<Double> one, List<Double> other) {
    return IntStream.range(0, one.size())
        .mapToDouble(i -> Math.abs(one.get(i) - other.get(i)))
        .average()
        .orElseThrow();
  }
}
