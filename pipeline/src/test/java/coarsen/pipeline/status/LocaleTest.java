package coarsen.pipeline.status;

import static org.junit.jupiter.api.Assertions.assertEquals;

import coarsen.outputs.RowFileName;
import coarsen.records.Fidelity;
import coarsen.records.RejectReason;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run prints and how it names files is the same on all machines. */
class LocaleTest {
  private Locale before = Locale.ROOT;

  @BeforeEach
  void remember() {
    before = Locale.getDefault();
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "de-DE", "ar-EG-u-nu-arab"})
  void theReportIsTheSameInAllLocales(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));
    Instant start = Instant.parse("2021-01-23T12:00:00Z");
    var readings =
        new RunStatus.Readings(
            1_234_567,
            8_901,
            new RunStatus.Times(2_345, 0, 0),
            Map.of(RejectReason.NOT_JSON, 6_789L),
            0,
            new OutOfOrder(new TreeMap<>(Map.of(3, 1_000L)), 1_234_567, 1_500));
    var status =
        new RunStatus(
            readings,
            new RunStatus.Fields(1_234, 5_678),
            new RunStatus.Windows(1_000, 2_000, 3_000),
            new Fidelity(),
            Optional.of(start));
    assertEquals(
        """
        1,234,567 readings in 2.5 s (493,827 readings/s) after 0.0 s of starting
        6,789 rejected (NOT_JSON 6,789)
        8,901 late: in no window, marked in the raw rows
        1,000 windows, 2,000 corrections of them
        1,000 readings were out of order, by p50 2ms, p99 2ms, at most 1.5s
          measured on this run, of all readings --maxOutOfOrder=1s leaves 0.00 % to corrections, 2s 0.00 %, 5s 0.00 %; 1ms would leave 0.0810 %
        1,234 fields are text or booleans, 5,678 were not chosen (--valueField)
        2,345 readings have a local time that --inputZone has twice; the earlier was taken
        THE ENGINE DROPPED 3,000 PARTIAL SUMS: reduced rows are incomplete""",
        new RunReport(status, start, start.plusMillis(2_500)).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "de-DE", "ar-EG-u-nu-arab"})
  void filesHaveTheSameNamesInAllLocales(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));
    assertEquals(
        "raw-12-0a1b2c3d-000345.jsonl", new RowFileName("raw", 12, "0a1b2c3d", 345).visible());
  }
}
