package coarsen.pipeline.status;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Fidelity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static String report(long implausibleTimestamps) {
    Instant start = Instant.parse("2021-01-23T12:00:00Z");
    var readings =
        new RunStatus.Readings(
            2_000,
            0,
            new RunStatus.Times(0, implausibleTimestamps),
            Map.of(),
            0,
            new OutOfOrder(new TreeMap<>(), 2_000, 0));
    var status =
        new RunStatus(readings, new RunStatus.Windows(1, 0, 0), new Fidelity(), Optional.of(start));
    return new RunReport(status, start, start.plusSeconds(1)).toString();
  }

  @Test
  void implausibleTimestampsHaveALineOfTheirOwn() {
    assertTrue(
        report(1_234)
            .endsWith(
                "\n1,234 messages with a Kafka timestamp that cannot be true: they count as without"
                    + " one"),
        report(1_234));
    assertFalse(report(0).contains("timestamp"), report(0));
  }
}
