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
    assertEquals(2, said.size(), said::toString);
    assertTrue(
        said.get(0).startsWith("600 of the last 1,000 messages were rejected as NOT_JSON"),
        said::toString);
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
