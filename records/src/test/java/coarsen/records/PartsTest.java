package coarsen.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of a reduced row. */
class PartsTest {
  @Test
  void theNewestRowHasTheGreatestRunAndThenTheGreatestRevision() {
    List<RowVersion> oldestFirst =
        List.of(new RowVersion(0, 0), new RowVersion(0, 3), new RowVersion(1, 0));
    assertEquals(
        oldestFirst,
        Stream.of(oldestFirst.get(2), oldestFirst.get(0), oldestFirst.get(1)).sorted().toList());
    assertEquals(0, new RowVersion(2, 1).compareTo(new RowVersion(2, 1)));
  }

  @Test
  void aVersionIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> new RowVersion(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> new RowVersion(0, -1));
  }

  @Test
  void windowsAreOrderedByEndThenByStart() {
    var window = new EventWindow(0, 10);
    assertTrue(window.compareTo(new EventWindow(-5, 11)) < 0);
    assertTrue(window.compareTo(new EventWindow(5, 10)) < 0);
    assertEquals(0, window.compareTo(new EventWindow(0, 10)));
  }

  @Test
  void anEmptyWindowIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new EventWindow(5, 5));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void anAggregateThatIsNotFiniteIsRefused(double value) {
    for (Aggregate wrong : Aggregate.values()) {
      var refused =
          assertThrows(
              IllegalArgumentException.class,
              () -> Aggregates.of(aggregate -> aggregate == wrong ? value : 1));
      assertEquals(wrong.fieldName() + " is not finite: " + value, refused.getMessage());
    }
  }

  @Test
  void aggregatesAreEqualIfAllValuesAre() {
    Aggregates values = RowsTest.values(2, 1, 3, 0.5);
    assertEquals(RowsTest.values(2, 1, 3, 0.5), values);
    assertEquals(RowsTest.values(2, 1, 3, 0.5).hashCode(), values.hashCode());
    assertNotEquals(RowsTest.values(2, 1, 3, 0.6), values);
    assertEquals(3, values.get(Aggregate.MAX));
  }

  @ParameterizedTest
  @ValueSource(strings = {"avg_value", "min_value", "max_value", "stddev_value"})
  void aRowThatLacksAnAggregateIsRefused(String field) {
    String text = RowsTest.REDUCED.replace(field, "other");
    byte[] json = text.getBytes(UTF_8);
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> WindowSummary.parse(json, 0, json.length));
    assertEquals("not a reduced row: it has no " + field, refused.getMessage());
  }

  @Test
  void aProvenanceIsNotChangedByItsMaker() {
    var offsets = new TreeMap<>(Map.of(0, new OffsetRange(1, 2)));
    var provenance = new Provenance(offsets, new TreeMap<>());
    offsets.clear();
    assertEquals(Map.of(0, new OffsetRange(1, 2)), provenance.offsets());
    assertThrows(UnsupportedOperationException.class, () -> provenance.offsets().clear());
  }
}
