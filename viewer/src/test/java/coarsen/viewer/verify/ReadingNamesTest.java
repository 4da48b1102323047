package coarsen.viewer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadingNamesTest {
  private final ReadingNames names = new ReadingNames();

  @Test
  void theRunThatCountsIsTheRowsElseTheNearestBeforeElseTheNearestAfter() {
    for (int bits = 0; bits < 1 << 5; bits++) {
      int offset = bits;
      List<Integer> runs =
          IntStream.range(0, 5).filter(run -> (offset & 1 << run) != 0).boxed().toList();
      runs.forEach(run -> names.add(3, offset, 0, run));
      for (int newest = 0; newest < 6; newest++) {
        int k = newest;
        int expected =
            runs.stream()
                .min(
                    Comparator.comparing((Integer run) -> run > k)
                        .thenComparing(run -> Math.abs(run - k)))
                .orElse(ReadingNames.NO_RUN);
        assertEquals(expected, names.decisiveRun(3, offset, 0, k), runs + " seen from " + k);
      }
    }
    assertEquals(
        4, names.decisiveRun(3, 31, 0, ReadingNames.NO_RUN), "without a row: the last run");
    assertEquals(ReadingNames.NO_RUN, names.decisiveRun(0, 31, 0, 0));
  }

  @Test
  void offsetsAreAddedInAnyOrderAndOnceEach() {
    var offsets = new OffsetSet();
    long begin = (1L << 40) + 4_000;
    List<Integer> shuffled = new ArrayList<>(IntStream.range(0, 10_000).boxed().toList());
    Collections.shuffle(shuffled, new Random(1));
    for (int i : shuffled) {
      assertFalse(offsets.contains(begin + i));
      assertTrue(offsets.add(begin + i));
      assertFalse(offsets.add(begin + i));
    }
    assertTrue(offsets.contains(begin + 9_999));
    assertFalse(offsets.contains(begin - 1));
    assertFalse(offsets.contains(begin + 10_000));
    assertEquals(begin, offsets.next(0));
    assertEquals(begin + 5_000, offsets.next(begin + 5_000));
    assertEquals(Long.MAX_VALUE, offsets.next(begin + 10_000));
    assertEquals(begin, offsets.first());
    assertEquals(begin + 9_999, offsets.last());
  }

  @Test
  void readingsOfAMessageAreNamedByTheirIndexAsWell() {
    for (long begin : new long[] {0, 100, 1L << 47, Long.MAX_VALUE - 20_000}) {
      var readings = new RunReadings();
      Map<Long, Set<Integer>> expected = new TreeMap<>();
      var random = new Random(begin);
      for (int i = 0; i < 20_000; i++) {
        long offset = begin + random.nextInt(300) * 7L;
        int index = random.nextInt(random.nextBoolean() ? 3 : 65_536);
        boolean isNew = expected.computeIfAbsent(offset, key -> new TreeSet<>()).add(index);
        assertEquals(isNew, readings.add(offset, index));
        assertTrue(readings.contains(offset, index));
      }
      assertFalse(readings.isPlain());
      long last = -1;
      for (long offset = readings.next(0);
          offset < Long.MAX_VALUE;
          offset = readings.next(offset + 1)) {
        var indexes = new BitSet();
        readings.addIndexes(offset, indexes);
        assertEquals(expected.get(offset), indexes.stream().boxed().collect(Collectors.toSet()));
        assertTrue(readings.containsMessage(offset));
        assertTrue(last >= 0 || offset == readings.first());
        last = offset;
      }
      assertEquals(last, readings.last());
      assertFalse(readings.containsMessage(begin + 1));
    }
  }

  @Test
  void aNameHasTheIndexWhereItIsNotZero() {
    assertEquals("3:77", ReadingNames.text(3, 77, 0));
    assertEquals("3:77:2", ReadingNames.text(3, 77, 2));
    names.add(3, 77, 0, 0);
    assertTrue(names.isPlain(3));
    names.add(3, 77, 2, 1);
    assertFalse(names.isPlain(3));
    assertFalse(names.contains(3, 77, 1));
    assertEquals(1, names.decisiveRun(3, 77, 2, 0));
    assertEquals("{0, 2}", names.indexes(3, 77).toString());
    assertEquals("{2}", names.indexes(3, 77, 1).toString());
  }
}
