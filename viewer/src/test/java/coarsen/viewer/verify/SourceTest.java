package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coarsen.records.MessageId;
import coarsen.records.Reading;
import coarsen.records.RejectReason;
import coarsen.records.Rejected;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Messages of the source that are in raw, in rejected, in neither, or outside the run. */
class SourceTest {
  @Test
  void aMessageIsInRawOrInRejected() {
    Verification verification = begin(false, true, List.of(0L, 2L), List.of(1L));
    source(verification, 0, 3);
    Balance balance = verification.balance();
    assertEquals(List.of(), balance.firstDifferences());
    assertEquals(topic(3, 0, 0), balance.source());
    assertEquals(1, balance.rejected());
    assertEquals(
        "read from the source topic                  3", balance.lines().get(0), balance::toString);
  }

  @Test
  void aMessageInNeitherIsLost() {
    Verification verification = begin(false, true, List.of(0L, 3L), List.of(1L));
    source(verification, 0, 4);
    assertEquals(
        List.of("reading 0:2: expected in raw or rejected, found in neither"),
        verification.balance().firstDifferences());
  }

  @Test
  void anOffsetWithoutAMessageIsNotMissing() {
    Verification verification = begin(true, true, List.of(0L, 2L), List.of());
    message(verification, 0);
    message(verification, 2);
    verification.sourceBounds(Map.of(0, 0L), Map.of(0, 4L));
    assertEquals(0, verification.balance().source().notReadYet());
  }

  @Test
  void messagesAfterTheLastOneInAnOutputAreUnreadUnlessTheInputHasEnded() {
    Verification running = begin(false, true, List.of(0L, 1L), List.of());
    source(running, 0, 4);
    assertEquals(topic(4, 0, 2), running.balance().source());
    assertEquals(0, running.balance().differences());

    Verification ended = begin(true, true, List.of(0L, 1L), List.of());
    source(ended, 0, 4);
    assertEquals(
        List.of(
            "reading 0:2: expected in raw or rejected, found in neither",
            "reading 0:3: expected in raw or rejected, found in neither"),
        ended.balance().firstDifferences().stream()
            .filter(line -> line.startsWith("reading"))
            .toList());
  }

  @Test
  void messagesBeforeTheFirstOneInAnOutputAreLostUnlessTheRunStartedLater() {
    Verification earliest = begin(false, true, List.of(2L), List.of());
    source(earliest, 0, 3);
    assertEquals(2, earliest.balance().differences());

    Verification latest = begin(false, false, List.of(2L), List.of());
    source(latest, 0, 3);
    assertEquals(topic(3, 2, 0), latest.balance().source());
    assertEquals(0, latest.balance().differences());
  }

  @Test
  void aReadingBeyondTheTopicsEndIsOfAnotherTopic() {
    Verification verification = begin(false, true, List.of(0L, 1L, 7L), List.of());
    source(verification, 0, 2);
    assertEquals(
        List.of("reading 0:7: expected none, for the topic's partition ends at offset 2"),
        verification.balance().firstDifferences());
  }

  @Test
  void aRowWithoutAMessageIsADifferenceUnlessTheMessageWasDeleted() {
    Verification verification = begin(false, true, List.of(3L, 5L, 6L, 8L), List.of(4L));
    message(verification, 6);
    message(verification, 8);
    verification.sourceBounds(Map.of(0, 5L), Map.of(0, 9L));
    Balance balance = verification.balance();
    assertEquals(
        List.of("reading 0:5: expected no row, for the topic has no such message, found one"),
        balance.firstDifferences());
    assertTrue(
        balance.lines().contains("rows of deleted messages                    2"),
        balance.lines()::toString);
  }

  @Test
  void partitionsThatNoOutputHasAreNamedAndADifferenceOnceAllHasBeenRead() {
    for (boolean fromEarliest : new boolean[] {true, false}) {
      for (boolean complete : new boolean[] {true, false}) {
        Verification verification = begin(complete, fromEarliest, List.of(0L), List.of());
        message(verification, 0);
        verification.source(new SourceMessage(2, 7, 1, new byte[0]));
        verification.source(new SourceMessage(2, 8, 1, new byte[0]));
        verification.sourceBounds(Map.of(0, 0L, 2, 7L), Map.of(0, 1L, 2, 9L));
        Balance balance = verification.balance();
        assertTrue(
            balance.lines().contains("  in partitions never read                  2  of [2]"),
            balance.lines()::toString);
        assertEquals(
            complete && fromEarliest,
            balance
                .firstDifferences()
                .contains("partition 2: expected its 2 messages in raw or rejected, found none"));
      }
    }
  }

  @Test
  void aMessageThatHoldsNoReadingNeedsNoRowWhichAFormatSays() {
    for (boolean influx : new boolean[] {true, false}) {
      var format = new InfluxMessageFormat(null, TimeUnit.MILLISECONDS, false);
      Verification verification =
          begin(
              new Verification.Scope(true, true, null, influx ? format : null),
              List.of(0L),
              List.of());
      verification.source(new SourceMessage(0, 0, 1, "c v=1 0".getBytes(UTF_8)));
      verification.source(new SourceMessage(0, 1, 1, "c v=t 0".getBytes(UTF_8)));
      verification.source(new SourceMessage(1, 0, 1, "c v=\"\" 0".getBytes(UTF_8)));
      verification.sourceBounds(Map.of(), Map.of(0, 2L, 1, 1L));
      Balance balance = verification.balance();
      assertEquals(
          influx,
          !balance.lines().toString().contains("reading 0:1: expected in raw or rejected"),
          balance.lines()::toString);
      assertEquals(
          influx,
          balance.lines().contains("  without a reading                         2"),
          balance.lines()::toString);
      assertEquals(!influx, balance.lines().toString().contains("--format=influx"));
    }
  }

  @Test
  void aRowOfAFieldThatHoldsNoReadingIsFound() {
    var format = new InfluxMessageFormat(null, TimeUnit.MILLISECONDS, false);
    Verification verification =
        begin(new Verification.Scope(true, true, null, format), List.of(0L), List.of());
    verification.source(new SourceMessage(0, 0, 1, "c s=\"\",v=1 0".getBytes(UTF_8)));
    assertEquals(
        List.of(
            "reading 0:0:1: expected in raw or rejected, found in neither",
            "reading 0:0: expected no row, for the message has no such reading, found one"),
        verification.balance().firstDifferences().subList(0, 2));
  }

  private static Verification begin(
      boolean complete, boolean fromEarliest, List<Long> raw, List<Long> rejected) {
    return begin(new Verification.Scope(complete, fromEarliest, null, null), raw, rejected);
  }

  private static Verification begin(Verification.Scope scope, List<Long> raw, List<Long> rejected) {
    var verification = new Verification(scope, Rules.DEFAULT, InstantSource.system());
    for (long offset : raw) {
      byte[] row = new Reading(0, 1, 0, offset, 0, false).toJson().getBytes(UTF_8);
      verification.rawFirst(row, 0, row.length);
    }
    assertTrue(verification.nextPass());
    for (long offset : raw) {
      byte[] row = new Reading(0, 1, 0, offset, 0, false).toJson().getBytes(UTF_8);
      verification.rawAgain(row, 0, row.length);
    }
    for (long offset : rejected) {
      byte[] row =
          new Rejected(RejectReason.NO_VALUE, "none", new MessageId("t", 0, offset), 0, 0, null)
              .toJson()
              .getBytes(UTF_8);
      verification.rejected(row, 0, row.length);
    }
    return verification;
  }

  private static Balance.SourceTopic topic(long messages, long before, long notReadYet) {
    return new Balance.SourceTopic(messages, before, notReadYet, 0, new TreeMap<>(), 0);
  }

  private static void source(Verification verification, long from, long to) {
    for (long offset = from; offset < to; offset++) {
      message(verification, offset);
    }
    verification.sourceBounds(Map.of(0, from), Map.of(0, to));
  }

  private static void message(Verification verification, long offset) {
    verification.source(new SourceMessage(0, offset, 1, new byte[0]));
  }
}
