package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.MessageId;
import coarsen.records.Payload;
import coarsen.records.Reading;
import coarsen.records.RejectReason;
import coarsen.records.Rejected;
import coarsen.records.Series;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What raw and rejected rows say of a message's series is compared with the message. */
class SeriesOfMessagesTest {
  private static final Instant NOW = Instant.parse("2021-01-24T00:00:00Z");
  private static final long KAFKA_MILLIS = 1_611_403_975_000L;
  private static final String MESSAGE = "{\"ts\":1611403975000,\"device\":\"a\",\"value\":1.5}";
  private static final String UNLABELED = "{\"ts\":1611403975000,\"value\":1.5}";

  private final List<String> raw = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();
  private final List<SourceMessage> source = new ArrayList<>();

  private static @Nullable Series series(@Nullable String text) {
    return text == null ? null : Series.parse(text);
  }

  /** A message with key k, and its raw row. */
  private void read(String message, int index, @Nullable Series series) {
    raw.add(
        new Reading(KAFKA_MILLIS * 1_000, 1.5, series, 0, send(message), index, 0, false).toJson());
  }

  /** A message with key k, and its rejected row. */
  private void reject(String message, RejectReason reason) {
    var id = new MessageId("readings", 0, send(message));
    byte[] value = message.getBytes(UTF_8);
    var payload = Payload.of(value, 0, value.length);
    rejected.add(new Rejected(reason, "for people", id, 0, 0, payload).toJson());
  }

  private long send(String message) {
    long offset = source.size();
    source.add(
        new SourceMessage(0, offset, KAFKA_MILLIS, "k".getBytes(UTF_8), message.getBytes(UTF_8)));
    return offset;
  }

  private List<String> differences(@Nullable String seriesField, @Nullable String missing) {
    return differences(
        new JsonMessageFormat(
            null,
            "ts",
            "value",
            ZoneOffset.UTC,
            TimeUnit.MILLISECONDS,
            null,
            false,
            seriesField == null ? null : SeriesFormat.parse(seriesField, missing)));
  }

  private List<String> differences(MessageFormat format) {
    var scope = new Verification.Scope(false, true, "readings", format);
    var verification = new Verification(scope, Rules.DEFAULT, () -> NOW);
    raw.forEach(row -> verification.rawFirst(row.getBytes(UTF_8), 0, row.getBytes(UTF_8).length));
    rejected.forEach(
        row -> verification.rejected(row.getBytes(UTF_8), 0, row.getBytes(UTF_8).length));
    source.forEach(verification::source);
    verification.sourceBounds(Map.of(0, 0L), Map.of(0, (long) source.size()));
    while (verification.nextPass()) {
      raw.forEach(row -> verification.rawAgain(row.getBytes(UTF_8), 0, row.getBytes(UTF_8).length));
    }
    return verification.balance().firstDifferences();
  }

  @Test
  void rowsThatSayWhatTheirMessagesSayBalance() {
    read(MESSAGE, 0, series("device=a,key=k"));
    read(MESSAGE.replace("\"a\"", "0"), 0, series("device=0,key=k"));
    reject(UNLABELED, RejectReason.MISSING_FIELD);
    reject(MESSAGE.replace("\"a\"", "{}"), RejectReason.BAD_LABEL);
    reject(MESSAGE, RejectReason.TOO_MANY_SERIES);

    assertEquals(List.of(), differences("device,@key", null));
  }

  @ParameterizedTest
  @CsvSource({
    "device=b", // another name
    "'device=a,line=1'", // an additional label
    "line=a", // another label in its place
    ", ", // no label at all
  })
  void aRowUnderAnotherNameIsFound(@Nullable String found) {
    read(MESSAGE, 0, series("device=a"));
    read(MESSAGE, 0, series(found));

    assertEquals(
        List.of(
            "reading 0:1: expected 2021-01-23T12:12:55Z 1.5 of device=a, found 2021-01-23T12:12:55Z"
                + " 1.5 of "
                + (found == null ? "no series" : found)),
        differences("device", null).stream().filter(line -> line.contains("0:1: ")).toList());
  }

  @Test
  void aRowThatLacksALabelIsFound() {
    read(MESSAGE, 0, series("device=a"));

    assertEquals(
        List.of(
            "reading 0:0: expected 2021-01-23T12:12:55Z 1.5 of device=a,key=k, found"
                + " 2021-01-23T12:12:55Z 1.5 of device=a"),
        differences("device,@key", null));
  }

  @Test
  void rowsOfARunWithoutSeriesAreFound() {
    read(MESSAGE, 0, null);

    assertEquals(
        List.of(
            "reading 0:0: expected 2021-01-23T12:12:55Z 1.5 of device=a, found 2021-01-23T12:12:55Z"
                + " 1.5 of no series"),
        differences("device", null));
  }

  @Test
  void theFieldOfAReadingIsPartOfItsName() {
    String message = "cpu,host=h a=1.5,b=1.5 1611403975000";
    read(message, 0, series("field=a,host=h"));
    raw.add(raw.get(0).replace("\"offset\":0", "\"offset\":0,\"index\":1"));

    assertEquals(
        List.of(
            "reading 0:0:1: expected 2021-01-23T12:12:55Z 1.5 of field=b,host=h, found"
                + " 2021-01-23T12:12:55Z 1.5 of field=a,host=h"),
        differences(
            new InfluxMessageFormat(
                null, TimeUnit.MILLISECONDS, false, SeriesFormat.parse("host", null))));
  }

  @Test
  void aMessageWithoutItsLabelIsNotAReadingUnlessThereIsATextForIt() {
    read(UNLABELED, 0, series("device=none"));

    assertEquals(List.of(), differences("device", "none"));
    assertEquals(
        List.of("reading 0:0: expected in rejected as MISSING_FIELD, found in raw"),
        differences("device", null));
  }

  @ParameterizedTest
  @EnumSource(names = {"BAD_LABEL", "MISSING_FIELD"})
  void aReadingThatHasItsLabelsIsNotRejectedForThem(RejectReason reason) {
    reject(MESSAGE, reason);

    assertEquals(
        List.of(
            "reading 0:0: expected in raw as 2021-01-23T12:12:55Z 1.5, found in rejected as "
                + reason),
        differences("device", null));
  }

  @Test
  void aBadLabelIsNotRejectedForAnotherReason() {
    reject(UNLABELED, RejectReason.TOO_MANY_SERIES);
    reject(UNLABELED, RejectReason.BAD_LABEL);

    assertEquals(
        List.of(
            "reading 0:0: expected MISSING_FIELD, found TOO_MANY_SERIES",
            "reading 0:1: expected MISSING_FIELD, found BAD_LABEL"),
        differences("device", null));
  }

  @Test
  void withoutSeriesNoReadingIsOneTooMany() {
    reject(MESSAGE, RejectReason.TOO_MANY_SERIES);

    List<String> found = differences(null, null);
    assertTrue(found.toString().contains("found in rejected as TOO_MANY_SERIES"), found::toString);
  }
}
