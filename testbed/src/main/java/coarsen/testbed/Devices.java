package coarsen.testbed;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * The devices whose readings are generated: {@code sensor-01}, {@code sensor-02}…, and whose turn
 * it is to send. In each round every device has one turn, in an order of that round. A device takes
 * four bytes.
 */
final class Devices {
  private final SplittableRandom random;
  private final int[] order;
  private final long padding;
  private int turn;

  /** Devices with numbers from 0 to {@code count - 1}. */
  Devices(int count, SplittableRandom random) {
    this.random = random;
    order = new int[count];
    for (int number = 0; number < count; number++) {
      order[number] = number;
    }
    padding = (long) Math.pow(10, Integer.toString(count).length());
  }

  /** The number of the next device; the turns of silent ones, of which not all are, are skipped. */
  int next(IntPredicate silent) {
    int number;
    do {
      number = nextTurn();
    } while (silent.test(number));
    return number;
  }

  /** Shuffles each round while it goes on: any device that had no turn yet may be next. */
  private int nextTurn() {
    int other = random.nextInt(turn, order.length);
    int number = order[other];
    order[other] = order[turn];
    order[turn] = number;
    turn = (turn + 1) % order.length;
    return number;
  }

  /** The name of a device, padded with zeros, so that names sort as numbers do. */
  String name(int number) {
    return "sensor-" + Long.toString(padding + number + 1).substring(1);
  }
}
