package coarsen.pipeline.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.RejectReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InputWarningsTest {
  private final List<String> lines = new ArrayList<>();
  private long second;
  private final InputWarnings warnings =
      new InputWarnings(() -> TimeUnit.SECONDS.toNanos(second), lines::add);

  private List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  private void read(int seconds, long count, Map<RejectReason, Long> rejects) {
    for (int i = 0; i < seconds; i++) {
      second++;
      warnings.read(count, rejects);
    }
  }

  @Test
  void whereMostMessagesAreRejectedForOneReasonTheRunWarnsEveryTenSecondsAtMost() {
    read(29, 100, Map.of(RejectReason.NOT_JSON, 60L, RejectReason.NO_VALUE, 10L));
    List<String> said = take();
    assertEquals(3, said.size(), said::toString);
    assertTrue(
        said.get(0).startsWith("60 of the last 100 messages were rejected as NOT_JSON"),
        said::toString);
    assertTrue(
        said.get(1).startsWith("600 of the last 1,000 messages were rejected as NOT_JSON"),
        said::toString);
  }

  @Test
  void aBurstOfRejectsIsWarnedOfAlthoughNothingFollows() {
    warnings.read(1_000, Map.of(RejectReason.NOT_JSON, 1_000L));
    assertEquals(1, take().size());
    read(9, 1_000, Map.of(RejectReason.NOT_JSON, 1_000L));
    assertEquals(List.of(), take(), "at most one in ten seconds");
    second += 60;
    warnings.read(0, Map.of());
    assertEquals(1, take().size());
    read(9, 99, Map.of());
    second += 10;
    warnings.read(1_000, Map.of(RejectReason.NO_VALUE, 1_000L));
    assertEquals(1, take().size());
  }

  @Test
  void rejectsBeforeTheFirstHundredMessagesWaitForTheTenSeconds() {
    warnings.read(99, Map.of(RejectReason.NOT_JSON, 99L));
    assertEquals(List.of(), take());
    warnings.read(1, Map.of());
    assertEquals(1, take().size());
  }

  @Test
  void whereEventTimesAreOutOfRangeTheUnitIsNamed() {
    warnings.read(100, Map.of(RejectReason.OUT_OF_RANGE, 100L));
    List<String> said = take();
    assertEquals(1, said.size());
    assertTrue(said.get(0).contains("--timestampUnit=ns"), said::toString);
  }

  @Test
  void aUnitThatIsTooShortIsWarnedOfOnceAndOnlyForMostReadings() {
    warnings.read(30, Map.of());
    for (int i = 0; i < 40; i++) {
      warnings.unitTooShort(1, 1, 1_611_403_200_000L, 1_611_403_200_500_000L, 1_000);
      warnings.read(1, Map.of());
      assertEquals(i < 30 ? 0 : 1, lines.size());
    }
    assertEquals(
        List.of(
            "most event times are in 1970, such as 1970-01-19T15:36:43.200Z in partition 1, where"
                + " Kafka has a message of 2021-01-23T12:00:00.500Z: is --timestampUnit too short? One"
                + " that is 1,000 times as long makes it 2021-01-23T12:00:00Z (s instead of ms, or"
                + " ms instead of us)"),
        take());
  }

  @Test
  void fewRejectsOrRejectsForManyReasonsNeedNoWord() {
    read(25, 100, Map.of(RejectReason.NOT_JSON, 40L, RejectReason.NO_VALUE, 40L));
    assertEquals(List.of(), take());
    read(9, 1, Map.of(RejectReason.NOT_JSON, 1L));
    read(60, 0, Map.of());
    assertEquals(List.of(), take());
  }

  @Test
  void impossibleTimestampsAndAClockThatIsBehindAreWarnedOfOnce() {
    for (int i = 0; i < 3; i++) {
      warnings.implausibleTimestamp(2, 0);
      warnings.clockBehind(1, 120_000_000, 0);
    }
    List<String> said = take();
    assertEquals(2, said.size(), said::toString);
    assertTrue(said.get(0).startsWith("partition 2 has a message with the Kafka timestamp 0"));
    assertTrue(said.get(1).startsWith("the clock of this machine says 1970-01-01T00:00:00Z"));
  }
}
