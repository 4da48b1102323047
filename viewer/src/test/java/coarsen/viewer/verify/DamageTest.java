package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Damages right outputs in every way we could think of, each of which must be found, and prints by
 * which difference.
 */
class DamageTest {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * One kind of damage.
   *
   * @param found part of a difference that must be among the first ten
   */
  private record Damage(
      String name, String found, Supplier<RightOutputs> outputs, Consumer<RightOutputs> change) {}

  private final List<Damage> damages = new ArrayList<>();

  @Test
  void rightOutputsBalance() {
    for (boolean deep : new boolean[] {false, true}) {
      Balance one = RightOutputs.ofOneRun().verify(RightOutputs.RULES, deep);
      assertEquals(List.of(), one.firstDifferences());
      assertTrue(one.raw().late() >= 2, one::toString);
      assertEquals(0, one.raw().lateIfIdle());
      assertTrue(one.rejected() >= 20, one::toString);
      Balance two = RightOutputs.ofTwoRuns().verify(RightOutputs.RULES, deep);
      assertEquals(List.of(), two.firstDifferences());
      assertTrue(two.raw().repeats() > 100, two::toString);
      Balance arrays = RightOutputs.ofArrays().verify(RightOutputs.RULES, deep);
      assertEquals(List.of(), arrays.firstDifferences());
      assertTrue(arrays.raw().late() >= 2, arrays::toString);
      assertEquals(16, arrays.source().messages());
      assertEquals(400, arrays.raw().rows() + arrays.rejected());
      Balance again = RightOutputs.ofTwoRunsOverArrays().verify(RightOutputs.RULES, deep);
      assertEquals(List.of(), again.firstDifferences());
      assertTrue(again.raw().repeats() > 100, again::toString);
    }
  }

  @Test
  void everyDamageIsFound() {
    damageRaw();
    damageReduced();
    damageReducedTogether();
    damageRejected();
    damageConsistently();
    damageTwoRuns();
    damageArrays();

    System.out.printf(
        Locale.ROOT, "%d kinds of damage, and the difference that shows it%n", damages.size());
    List<String> missed = new ArrayList<>();
    for (Damage damage : damages) {
      RightOutputs outputs = damage.outputs.get();
      damage.change.accept(outputs);
      Balance balance = outputs.verify(RightOutputs.RULES, true);
      String shown =
          balance.firstDifferences().stream()
              .filter(line -> line.contains(damage.found))
              .findFirst()
              .orElse(null);
      System.out.printf("  %-62s %s%n", damage.name, shown);
      if (shown == null) {
        missed.add(damage.name + ": " + balance.firstDifferences());
      }
    }
    assertEquals(List.of(), missed);
    assertTrue(damages.size() >= 40, () -> damages.size() + " kinds");
  }

  @Test
  void whatRowsCannotTellBalances() {
    notFound("rows in another order", "order has no meaning", DamageTest::shuffle);
    notFound("rows twice", "a retried bundle writes them again", DamageTest::repeatAll);
    notFound(
        "replay_from too small",
        "true, but claims less than it could",
        on(o -> o.reduced, DamageTest::onTime, row -> object(row, "replay_from").put("0", 0)));
    notFound(
        "the detail of a reject",
        "text for people, of which the contract says nothing",
        on(o -> o.rejected, DamageTest::any, row -> row.put("detail", "other")));
    notFound(
        "the mean of a row that was replaced",
        "which readings it had depends on bundles",
        on(o -> o.reduced, replaced(), row -> row.put("avg_value", 12.5)));
    notFound(
        "a field that the contract does not have",
        "readers skip it",
        on(o -> o.raw, DamageTest::any, row -> row.put("more", 1)));
    Balance idle =
        notFound(
            "an old reading marked late, left out of its row as well",
            "an idle partition's clock follows the others; the ledger counts it",
            DamageTest::markStragglerLate);
    assertEquals(1, idle.raw().lateIfIdle());
  }

  private void damageRaw() {
    raw("dropped", "found in neither", rows -> rows.remove(20));
    raw("cut in the middle", "raw: a line is", rows -> rows.set(20, rows.get(20).substring(0, 30)));
    raw(
        "a string for the value",
        "raw: a line is",
        edited(DamageTest::inTime, row -> row.put("value", "7")));
    raw(
        "another value",
        "expected avg_value",
        edited(DamageTest::inTime, row -> row.put("value", 1e3)));
    raw(
        "another time in the same window",
        "reading 0:0: expected 2021-01-23T12:12:00Z",
        edited(DamageTest::any, row -> row.put("ts", "2021-01-23T12:12:00.001Z")));
    raw(
        "a time in another window",
        "reading 0:0: expected",
        edited(DamageTest::any, row -> row.put("ts", "2021-01-23T12:12:20Z")));
    raw(
        "another partition",
        "found in neither",
        edited(DamageTest::any, row -> row.put("partition", 1)));
    raw(
        "the next offset",
        "found in neither",
        edited(DamageTest::any, row -> row.put("offset", 1)));
    raw(
        "an offset after the end",
        "ends at offset",
        edited(DamageTest::any, row -> row.put("offset", 9_999)));
    raw(
        "another run",
        "expected rows of run 1 before",
        edited(DamageTest::any, row -> row.put("run", 5)));
    raw(
        "the next run",
        "expected a row of run 1",
        edited(DamageTest::any, row -> row.put("run", 1)));
    raw(
        "late, marked as in time",
        "expected late",
        edited(DamageTest::late, row -> row.remove("late")));
    raw(
        "in time, marked late",
        "expected not late",
        rows -> editLast(rows, row -> row.put("late", true)));
    raw(
        "a copy with another value",
        "expected 20",
        rows -> copy(rows, row -> row.put("value", 99)));
    raw(
        "a copy with another time",
        "expected 20",
        rows -> copy(rows, row -> row.put("ts", "2021-01-23T12:12:01.234Z")));
    raw("a copy marked late", "one that is late", rows -> copy(rows, row -> row.put("late", true)));
    raw(
        "two values swapped in a window",
        "expected 2021-01-23T12:12:00Z",
        rows -> swap(rows, 0, 1, "value"));
    raw("two offsets swapped", "expected 2021-01-23T12:12:0", rows -> swap(rows, 0, 2, "offset"));
    raw("a row of a rejected message", "found in both", rows -> rows.add(rawOf(1, 3)));
    damage(
        "raw: rejected messages as late readings",
        "found in raw",
        outputs -> {
          outputs.rejected.removeIf(row -> row.contains("NOT_A_NUMBER"));
          outputs.source.stream()
              .filter(message -> new String(message.value(), UTF_8).contains("\"value\":\""))
              .forEach(message -> outputs.raw.add(rawOf(message.partition(), message.offset())));
        });
    damage(
        "raw: a row whose message the topic lacks",
        "topic has no such message",
        outputs -> outputs.source.remove(21));
    damage(
        "raw: all marked late, no reduced row",
        "expected not late",
        outputs -> {
          outputs.raw.replaceAll(row -> edited(row, node -> node.put("late", true)));
          outputs.reduced.clear();
        });
    damage(
        "raw: all marked late",
        "expected not late",
        outputs -> outputs.raw.replaceAll(row -> edited(row, node -> node.put("late", true))));
    damage("raw: none", "found in neither", outputs -> outputs.raw.clear());
  }

  private void damageReduced() {
    reduced("dropped", "found none", rows -> rows.remove(rows.size() - 1));
    reduced("all dropped", "expected reduced rows", List::clear);
    reduced("cut", "reduced: a line is", rows -> rows.set(3, rows.get(3).substring(0, 50)));
    for (String field : List.of("avg_value", "min_value", "max_value", "stddev_value", "count")) {
      reduced(
          "another " + field,
          "expected " + field,
          edited(DamageTest::onTime, row -> row.put(field, row.get(field).asInt() + 1)));
    }
    reduced(
        "first offset",
        "expected offsets",
        edited(DamageTest::onTime, row -> offsets(row).set(0, 1)));
    reduced(
        "last offset",
        "expected offsets",
        edited(DamageTest::onTime, row -> offsets(row).set(1, 99)));
    reduced(
        "a partition's offsets dropped",
        "expected offsets",
        edited(DamageTest::onTime, row -> object(row, "offsets").remove("1")));
    reduced(
        "replay_from too great",
        "expected replay_from 0:",
        edited(DamageTest::onTime, row -> object(row, "replay_from").put("0", 3)));
    reduced(
        "replay_from after all readings",
        "expected replay_from 0:",
        edited(DamageTest::onTime, row -> object(row, "replay_from").put("0", 150)));
    reduced(
        "replay_from of a partition without readings",
        "expected no replay_from of partition 7",
        edited(DamageTest::onTime, row -> object(row, "replay_from").put("7", 3)));
    reduced(
        "revision 7",
        "expected revision",
        edited(DamageTest::onTime, row -> row.put("revision", 7)));
    reduced(
        "another run",
        "expected rows of run",
        edited(DamageTest::onTime, row -> row.put("run", 5)));
    reduced(
        "the next run",
        "expected no row of run 1",
        edited(DamageTest::onTime, row -> row.put("run", 1)));
    reduced(
        "EARLY for ON_TIME",
        "expected an ON_TIME row",
        rows -> editLast(rows, row -> row.put("pane", "EARLY")));
    reduced(
        "LATE for ON_TIME of the newest window",
        "expected an ON_TIME row before the LATE one",
        rows -> editLast(rows, row -> row.put("pane", "LATE")));
    reduced(
        "ON_TIME twice",
        "expected no ON_TIME",
        edited(paneIs("LATE"), r -> r.put("pane", "ON_TIME")));
    reduced(
        "EARLY after ON_TIME",
        "expected no EARLY",
        edited(paneIs("LATE"), r -> r.put("pane", "EARLY")));
    reduced(
        "LATE after EARLY",
        "before the LATE one",
        edited(DamageTest::afterEarly, r -> r.put("pane", "LATE")));
    reduced(
        "an unknown pane",
        "reduced: a line is",
        edited(DamageTest::any, row -> row.put("pane", "NEVER")));
    reduced(
        "a longer window",
        "expected 5000000 µs",
        rows -> editLast(rows, row -> row.put("end_time", "2021-01-23T12:15:00Z")));
    reduced(
        "a window that overlaps others",
        "expected 5000000 µs from a multiple",
        rows ->
            editLast(
                rows,
                row -> {
                  row.put("start_time", "2021-01-23T12:13:36Z");
                  row.put("end_time", "2021-01-23T12:13:41Z");
                }));
    reduced(
        "the time of another window",
        "expected a row with count",
        rows ->
            editLast(
                rows,
                row -> {
                  row.put("start_time", "2021-01-23T12:20:00Z");
                  row.put("end_time", "2021-01-23T12:20:05Z");
                }));
  }

  private void damageReducedTogether() {
    reduced(
        "the values of two windows swapped",
        "expected avg_value",
        rows -> swap(rows, 0, 1, "avg_value"));
    reduced(
        "the first row of a corrected window dropped",
        "expected revision 0",
        rows -> rows.remove(indexOf(rows, replaced())));
    reduced(
        "the correction of a window dropped",
        "expected count",
        rows -> rows.remove(indexOf(rows, paneIs("LATE"))));
    reduced(
        "the row after an early one dropped",
        "found EARLY",
        rows -> rows.remove(indexOf(rows, DamageTest::afterEarly)));
    reduced(
        "two rows of one name, the wrong one last",
        "found two that differ",
        rows -> rows.add(edited(rows.get(4), row -> row.put("avg_value", 1))));
    reduced(
        "two rows of one name, the wrong one first",
        "found two that differ",
        rows -> rows.add(0, edited(rows.get(4), row -> row.put("avg_value", 1))));
    reduced(
        "two rows of a replaced name",
        "found two that differ",
        rows -> rows.add(edited(rows.get(indexOf(rows, replaced())), r -> r.put("avg_value", 1))));
    reduced(
        "a replaced row with more readings",
        "found another count",
        edited(replaced(), row -> row.put("count", 99)));
    reduced(
        "a replaced row with a smaller minimum",
        "found another min_value",
        edited(replaced(), row -> row.put("min_value", -1)));
    reduced(
        "a replaced row with other offsets",
        "found another offsets",
        edited(replaced(), row -> offsets(row).set(1, 199)));
  }

  private void damageRejected() {
    rejected("dropped", "found in neither", rows -> rows.remove(0));
    rejected("cut", "rejected: a line is", rows -> rows.set(0, rows.get(0).substring(0, 30)));
    rejected(
        "another reason",
        "expected NOT_A_NUMBER, found NO_VALUE",
        edited(DamageTest::any, row -> row.put("reason", "NO_VALUE")));
    rejected(
        "an unknown reason",
        "rejected: a line is",
        edited(DamageTest::any, row -> row.put("reason", "WHY")));
    rejected(
        "another topic",
        "expected a row of topic",
        edited(DamageTest::any, row -> row.put("topic", "other")));
    rejected(
        "another partition",
        "found in neither",
        edited(DamageTest::any, row -> row.put("partition", 0)));
    rejected(
        "another offset",
        "found in neither",
        edited(DamageTest::any, row -> row.put("offset", 99_999)));
    rejected(
        "another run", "expected rows of run", edited(DamageTest::any, row -> row.put("run", 5)));
    rejected(
        "the next run",
        "expected a row of run 1",
        edited(DamageTest::any, row -> row.put("run", 1)));
    rejected(
        "another payload",
        "expected the message's bytes",
        edited(DamageTest::any, row -> row.put("payload", "AAAA")));
    rejected(
        "no payload",
        "expected the message's bytes",
        edited(DamageTest::any, row -> row.putNull("payload")));
    rejected(
        "a payload that is not base64",
        "rejected: a line is",
        edited(DamageTest::any, row -> row.put("payload", "%%%")));
    rejected(
        "a payload that was cut without its hash",
        "expected the message's bytes",
        edited(
            DamageTest::any,
            row -> row.put("payload", row.get("payload").textValue().substring(0, 8))));
    rejected(
        "a copy with another reason",
        "found two that differ",
        rows -> rows.add(edited(rows.get(0), row -> row.put("reason", "NO_VALUE"))));
    rejected(
        "from the future, but is not",
        "found FROM_THE_FUTURE",
        edited(DamageTest::any, row -> row.put("reason", "FROM_THE_FUTURE")));
  }

  /** Damage that a wrong pipeline would do: the outputs agree with each other. */
  private void damageConsistently() {
    understood(
        "a good reading rejected",
        "expected in raw as",
        parsed -> new RightOutputs.Parsed(parsed.tsMicros(), parsed.value(), "BAD_TIMESTAMP"));
    understood(
        "a good reading rejected as from the future",
        "expected in raw as",
        parsed -> new RightOutputs.Parsed(parsed.tsMicros(), parsed.value(), "FROM_THE_FUTURE"));
    understood(
        "a value misread",
        "reading 0:50: expected",
        parsed -> new RightOutputs.Parsed(parsed.tsMicros(), Math.nextUp(parsed.value()), null));
    understood(
        "a time misread by a microsecond",
        "reading 0:50: expected",
        parsed -> new RightOutputs.Parsed(parsed.tsMicros() + 1, parsed.value(), null));
    understood(
        "a time misread by an hour",
        "reading 0:50: expected",
        parsed ->
            new RightOutputs.Parsed(parsed.tsMicros() - 3_600_000_000L, parsed.value(), null));
    damages.add(
        new Damage(
            "a reading from the future taken",
            "expected in rejected as FROM_THE_FUTURE",
            () -> understoodAs(222, p -> new RightOutputs.Parsed(p.tsMicros(), p.value(), null)),
            outputs -> {}));
    damages.add(
        new Damage(
            "a message that is not JSON taken",
            "expected in rejected as NOT_JSON",
            () -> understoodAs(50, p -> new RightOutputs.Parsed(p.tsMicros(), p.value(), null)),
            outputs -> {}));
    damages.add(
        new Damage(
            "a partition never read",
            "partition 1: expected its 200 messages",
            () ->
                RightOutputs.ofRunOver(
                    RightOutputs.messages().stream()
                        .filter(sent -> sent.message().partition() == 0)
                        .toList()),
            outputs -> {}));
    damages.add(
        new Damage(
            "a message passed over",
            "reading 1:33: expected in raw or rejected, found in neither",
            () ->
                RightOutputs.ofRunOver(
                    RightOutputs.messages().stream()
                        .filter(
                            sent ->
                                sent.message().partition() == 0 || sent.message().offset() != 33)
                        .toList()),
            outputs -> {}));
  }

  private void damageTwoRuns() {
    twoRuns(
        "the newest run's row of a window dropped",
        "expected a row of run 1",
        outputs ->
            outputs.reduced.remove(indexOf(outputs.reduced, runIs(1).and(DamageTest::onTime))));
    twoRuns(
        "the newest run's raw row dropped",
        "expected a row of run 1",
        outputs ->
            outputs.raw.remove(
                indexOf(outputs.raw, runIs(1).and(row -> row.get("offset").intValue() == 20))));
    twoRuns(
        "a raw row of the older run with another value",
        "expected 20",
        outputs -> edited(runIs(0), row -> row.put("value", 77)).accept(outputs.raw));
    twoRuns(
        "a raw row of the newer run with another time",
        "expected 20",
        outputs ->
            edited(runIs(1), row -> row.put("ts", "2021-01-23T12:12:00.5Z")).accept(outputs.raw));
    twoRuns(
        "the older run's rows under the newer run's names",
        "found two that differ",
        outputs ->
            outputs.reduced.replaceAll(
                row ->
                    edited(
                        row,
                        node -> {
                          if (node.get("run").intValue() == 0) {
                            node.put("run", 1);
                            node.put("count", 1);
                          }
                        })));
  }

  private void damageArrays() {
    arrays(
        "a reading of a message dropped",
        "reading 0:0:4: expected in raw or rejected, found in neither",
        outputs -> outputs.raw.remove(4));
    arrays(
        "the first reading of a message dropped",
        "reading 0:0: expected in raw or rejected, found in neither",
        outputs -> outputs.raw.remove(0));
    arrays(
        "a rejected part dropped",
        "reading 0:0:15: expected in raw or rejected, found in neither",
        outputs -> outputs.rejected.remove(indexOf(outputs.rejected, indexIs(15))));
    arrays(
        "an index that no part has",
        "reading 0:0:30: expected no row, for the message has no such reading",
        on(o -> o.raw, indexIs(4), row -> row.put("index", 30)));
    arrays(
        "the index of another partition's part",
        "found in neither",
        on(o -> o.raw, indexIs(24), row -> row.put("partition", 1)));
    arrays(
        "an index over the greatest",
        "raw: a line is",
        on(o -> o.raw, indexIs(4), row -> row.put("index", 65_536)));
    arrays(
        "a reading doubled under another index",
        "reading 0:0:99: expected no row, for the message has no such reading",
        outputs -> outputs.raw.add(edited(outputs.raw.get(4), row -> row.put("index", 99))));
    arrays(
        "a reading doubled under the index of another",
        "reading 0:0:5: expected 20",
        outputs -> outputs.raw.add(edited(outputs.raw.get(4), row -> row.put("index", 5))));
    arrays(
        "a reading doubled under the index of a rejected part",
        "reading 0:0:15: expected in raw or rejected, found in both",
        outputs -> outputs.raw.add(edited(outputs.raw.get(4), row -> row.put("index", 15))));
    arrays(
        "two indexes swapped",
        "reading 0:0:5: expected 20",
        outputs -> swap(outputs.raw, 4, 5, "index"));
    arrays(
        "late, marked as in time",
        "expected late",
        on(o -> o.raw, DamageTest::late, row -> row.remove("late")));
    arrays(
        "the payload on the second rejected part",
        "expected no bytes, for an earlier rejected row",
        outputs -> {
          int second = indexOf(outputs.rejected, row -> row.get("payload").isNull());
          swap(outputs.rejected, second - 1, second, "payload");
        });
    arrays(
        "the payload on no rejected part",
        "expected the message's bytes",
        on(o -> o.rejected, DamageTest::any, row -> row.putNull("payload")));
    arrays(
        "the payload on each rejected part",
        "expected no bytes, for an earlier rejected row",
        outputs -> {
          int second = indexOf(outputs.rejected, row -> row.get("payload").isNull());
          outputs.rejected.set(
              second,
              edited(
                  outputs.rejected.get(second),
                  row ->
                      row.set("payload", parse(outputs.rejected.get(second - 1)).get("payload"))));
        });
    arrays(
        "a reading moved from raw to rejected",
        "reading 0:0:4: expected in raw as",
        outputs -> {
          outputs.raw.remove(4);
          outputs.rejected.add(
              RightOutputs.rejectedRow(outputs.source.get(0), 4, "NOT_A_NUMBER", 0, true));
        });
    arrays(
        "a rejected part moved to raw",
        "reading 0:0:15: expected in rejected as NOT_A_NUMBER, found in raw",
        outputs -> {
          outputs.rejected.remove(indexOf(outputs.rejected, indexIs(15)));
          outputs.raw.add(edited(rawOf(0, 0), row -> row.put("index", 15)));
        });
    arrays(
        "a whole message dropped",
        "reading 0:7: expected in raw or rejected, found in neither",
        outputs -> {
          outputs.raw.removeIf(row -> row.contains("\"partition\":0,\"offset\":7,"));
          outputs.rejected.removeIf(row -> row.contains("\"partition\":0,\"offset\":7,"));
        });
    damages.add(
        new Damage(
            "arrays, two runs: the newest run's row of a reading dropped",
            "expected a row of run 1, found none",
            RightOutputs::ofTwoRunsOverArrays,
            outputs -> outputs.raw.remove(indexOf(outputs.raw, runIs(1).and(indexIs(4))))));
  }

  private static RightOutputs understoodAs(
      int index, UnaryOperator<RightOutputs.Parsed> understanding) {
    List<RightOutputs.Sent> sent = new ArrayList<>(RightOutputs.messages());
    RightOutputs.Sent right = sent.get(index);
    sent.set(index, new RightOutputs.Sent(right.message(), understanding.apply(right.parsed())));
    return RightOutputs.ofRunOver(sent);
  }

  private void understood(
      String name, String found, UnaryOperator<RightOutputs.Parsed> understanding) {
    damages.add(new Damage(name, found, () -> understoodAs(100, understanding), outputs -> {}));
  }

  private void damage(String name, String found, Consumer<RightOutputs> change) {
    damages.add(new Damage(name, found, RightOutputs::ofOneRun, change));
  }

  private void twoRuns(String name, String found, Consumer<RightOutputs> change) {
    damages.add(new Damage("two runs: " + name, found, RightOutputs::ofTwoRuns, change));
  }

  private void arrays(String name, String found, Consumer<RightOutputs> change) {
    damages.add(new Damage("arrays: " + name, found, RightOutputs::ofArrays, change));
  }

  private void raw(String name, String found, Consumer<List<String>> change) {
    damage("raw: " + name, found, outputs -> change.accept(outputs.raw));
  }

  private void reduced(String name, String found, Consumer<List<String>> change) {
    damage("reduced: " + name, found, outputs -> change.accept(outputs.reduced));
  }

  private void rejected(String name, String found, Consumer<List<String>> change) {
    damage("rejected: " + name, found, outputs -> change.accept(outputs.rejected));
  }

  private static Balance notFound(String name, String reason, Consumer<RightOutputs> change) {
    RightOutputs outputs = RightOutputs.ofOneRun();
    change.accept(outputs);
    Balance balance = outputs.verify(RightOutputs.RULES, true);
    System.out.printf("  %-62s not found: %s%n", name, reason);
    assertEquals(List.of(), balance.firstDifferences(), name);
    return balance;
  }

  private static void shuffle(RightOutputs outputs) {
    for (List<String> rows : List.of(outputs.raw, outputs.reduced, outputs.rejected)) {
      Collections.shuffle(rows, new Random(1));
    }
  }

  private static void repeatAll(RightOutputs outputs) {
    for (List<String> rows : List.of(outputs.raw, outputs.reduced, outputs.rejected)) {
      rows.addAll(List.copyOf(rows));
    }
  }

  /** The straggler that the first correction was written for. */
  private static void markStragglerLate(RightOutputs outputs) {
    edited(
            row -> row.get("ts").textValue().equals("2021-01-23T12:11:58Z"),
            row -> row.put("late", true))
        .accept(outputs.raw);
    outputs.reduced.remove(indexOf(outputs.reduced, paneIs("LATE")));
  }

  private static String rawOf(int partition, long offset) {
    return "{\"ts\":\"2021-01-23T12:12:00Z\",\"value\":1,\"partition\":%d,\"offset\":%d,\"run\":0,\"late\":true}"
        .formatted(partition, offset);
  }

  private static void copy(List<String> rows, Consumer<ObjectNode> change) {
    rows.add(edited(rows.get(30), change));
  }

  private static void swap(List<String> rows, int one, int other, String field) {
    JsonNode first = parse(rows.get(one)).get(field);
    JsonNode second = parse(rows.get(other)).get(field);
    rows.set(one, edited(rows.get(one), row -> row.set(field, second)));
    rows.set(other, edited(rows.get(other), row -> row.set(field, first)));
  }

  private static void editLast(List<String> rows, Consumer<ObjectNode> change) {
    rows.set(rows.size() - 1, edited(rows.get(rows.size() - 1), change));
  }

  private static Consumer<RightOutputs> on(
      Function<RightOutputs, List<String>> output,
      Predicate<JsonNode> which,
      Consumer<ObjectNode> change) {
    return outputs -> edited(which, change).accept(output.apply(outputs));
  }

  /** Changes the first row of that kind. */
  private static Consumer<List<String>> edited(
      Predicate<JsonNode> which, Consumer<ObjectNode> change) {
    return rows -> {
      int index = indexOf(rows, which);
      rows.set(index, edited(rows.get(index), change));
    };
  }

  private static String edited(String row, Consumer<ObjectNode> change) {
    ObjectNode node = parse(row);
    change.accept(node);
    return node.toString();
  }

  private static int indexOf(List<String> rows, Predicate<JsonNode> which) {
    for (int i = 0; i < rows.size(); i++) {
      if (which.test(parse(rows.get(i)))) {
        return i;
      }
    }
    throw new AssertionError("no such row");
  }

  private static ObjectNode parse(String row) {
    try {
      return (ObjectNode) JSON.readTree(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode object(ObjectNode row, String field) {
    return (ObjectNode) row.get(field);
  }

  private static ArrayNode offsets(ObjectNode row) {
    return (ArrayNode) row.get("offsets").elements().next();
  }

  private static boolean any(JsonNode row) {
    return !row.isEmpty();
  }

  private static boolean late(JsonNode row) {
    return row.has("late");
  }

  private static boolean inTime(JsonNode row) {
    return !row.has("late");
  }

  private static Predicate<JsonNode> runIs(int run) {
    return row -> row.get("run").intValue() == run;
  }

  private static Predicate<JsonNode> indexIs(int index) {
    return row -> row.path("index").asInt() == index;
  }

  private static Predicate<JsonNode> paneIs(String pane) {
    return row -> row.get("pane").textValue().equals(pane) && row.get("revision").intValue() > 0;
  }

  /** The only row of the first whole window. */
  private static boolean onTime(JsonNode row) {
    return row.get("pane").textValue().equals("ON_TIME")
        && row.get("start_time").textValue().equals("2021-01-23T12:12:00Z");
  }

  private static boolean afterEarly(JsonNode row) {
    return row.get("pane").textValue().equals("ON_TIME") && row.get("revision").intValue() == 1;
  }

  /** The first row of a window that has a correction. */
  private static Predicate<JsonNode> replaced() {
    List<String> rows = RightOutputs.ofOneRun().reduced;
    String start = parse(rows.get(indexOf(rows, paneIs("LATE")))).get("start_time").textValue();
    return row ->
        row.get("start_time").textValue().equals(start) && row.get("revision").intValue() == 0;
  }
}
