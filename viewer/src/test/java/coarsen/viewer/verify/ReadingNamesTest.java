package coarsen.viewer.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
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
      runs.forEach(run -> names.add(3, offset, run));
      for (int newest = 0; newest < 6; newest++) {
        int k = newest;
        int expected =
            runs.stream()
                .min(
                    Comparator.comparing((Integer run) -> run > k)
                        .thenComparing(run -> Math.abs(run - k)))
                .orElse(ReadingNames.NO_RUN);
        assertEquals(expected, names.decisiveRun(3, offset, k), runs + " seen from " + k);
      }
    }
    assertEquals(4, names.decisiveRun(3, 31, ReadingNames.NO_RUN), "without a row: the last run");
    assertEquals(ReadingNames.NO_RUN, names.decisiveRun(0, 31, 0));
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
}
