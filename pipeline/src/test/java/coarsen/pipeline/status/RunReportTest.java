package coarsen.pipeline.status;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.Fidelity;
import coarsen.records.RejectReason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunReportTest {
  private static String report(
      long implausibleTimestamps, long shortUnit, Map<RejectReason, Long> rejected) {
    return report(implausibleTimestamps, shortUnit, rejected, new RunStatus.Fields(0, 0));
  }

  private static String report(
      long implausibleTimestamps,
      long shortUnit,
      Map<RejectReason, Long> rejected,
      RunStatus.Fields fields) {
    Instant start = Instant.parse("2021-01-23T12:00:00Z");
    var readings =
        new RunStatus.Readings(
            2_000,
            0,
            new RunStatus.Times(0, implausibleTimestamps, shortUnit),
            rejected,
            0,
            new OutOfOrder(new TreeMap<>(), 2_000, 0));
    var status =
        new RunStatus(
            readings, fields, new RunStatus.Windows(1, 0, 0), new Fidelity(), Optional.of(start));
    return new RunReport(status, start, start.plusSeconds(1)).toString();
  }

  @Test
  void implausibleTimestampsHaveALineOfTheirOwn() {
    assertTrue(
        report(1_234, 0, Map.of())
            .endsWith(
                "\n1,234 messages with a Kafka timestamp that cannot be true: they count as without"
                    + " one"),
        report(1_234, 0, Map.of()));
    assertFalse(report(0, 0, Map.of()).contains("timestamp"), report(0, 0, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1234 | 500  | 1,234 fields are text or booleans, 500 were not chosen (--valueField)
          1234 | 0    | 1,234 fields are text or booleans
          0    | 5000 | 5,000 fields with numbers were not chosen (--valueField)
          """)
  void fieldsThatAreNotReadHaveALineOfTheirOwn(long notNumbers, long notChosen, String line) {
    String report = report(0, 0, Map.of(), new RunStatus.Fields(notNumbers, notChosen));
    assertTrue(report.lines().anyMatch(line::equals), report);
    assertFalse(report(0, 0, Map.of()).contains("fields"), "none, no line");
  }

  @Test
  void whereMostMessagesWereRejectedForOneReasonTheReportSaysWhatMayBeWrong() {
    String report =
        report(0, 0, Map.of(RejectReason.NOT_A_NUMBER, 3_001L, RejectReason.MISSING_FIELD, 1_000L));
    assertTrue(
        report.contains(
            "\nmost messages, 3,001 of 6,001, were rejected as NOT_A_NUMBER: is it the right"
                + " --valueField? --numbersInStrings reads numbers in strings. ./coarsen inspect looks"
                + " at the topic and finds options. The rejected rows"),
        report);
    assertFalse(
        report(0, 0, Map.of(RejectReason.NOT_A_NUMBER, 2_000L)).contains("most"), "only half");
  }

  @Test
  void readingsInAShorterUnitAreReportedIfMostAre() {
    String report = report(0, 1_001, Map.of());
    assertTrue(
        report.contains("\nmost readings, 1,001, are in 1970, and fit their Kafka timestamps in a"),
        report);
    assertTrue(report.contains("--timestampUnit"), report);
    assertFalse(report(0, 1_000, Map.of()).contains("1970"), "only half");
  }
}
