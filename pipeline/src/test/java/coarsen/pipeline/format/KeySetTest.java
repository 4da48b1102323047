package coarsen.pipeline.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeySetTest {
  private final KeySet keys = new KeySet();

  private boolean add(byte[] bytes, int start, int end) {
    return keys.add(start, end, KeySet.hash(bytes, start, end));
  }

  @Test
  void hasEachKeyOnceUntilItIsEmptied() {
    var random = new Random(3);
    byte[] bytes = new byte[2_000];
    for (int round = 0; round < 300; round++) {
      random.nextBytes(bytes);
      keys.clear(bytes);
      Set<String> expected = new HashSet<>();
      for (int i = random.nextInt(600); i > 0; i--) {
        int start = random.nextInt(bytes.length - 4);
        int end = start + random.nextInt(round % 2 == 0 ? 2 : 5);
        String key = Arrays.toString(Arrays.copyOfRange(bytes, start, end));
        assertEquals(expected.add(key), add(bytes, start, end), key);
      }
    }
  }

  @Test
  void aKeyMayBeAskedForInAnotherArray() {
    byte[] names = "ab,c".getBytes(UTF_8);
    keys.clear(names);
    assertTrue(add(names, 0, 2));
    assertTrue(add(names, 3, 4));
    byte[] line = "xab".getBytes(UTF_8);
    assertTrue(keys.contains(line, 1, 3, KeySet.hash(line, 1, 3)));
    assertFalse(keys.contains(line, 1, 2, KeySet.hash(line, 1, 2)));
    keys.clear(names);
    assertFalse(keys.contains(line, 1, 3, KeySet.hash(line, 1, 3)));
  }
}
