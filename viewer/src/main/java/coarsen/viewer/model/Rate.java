package coarsen.viewer.model;

/** Rows per second over the last 5 seconds, counted in slots of a quarter of a second. */
final class Rate {
  private static final int SLOT_MILLIS = 250;
  private static final int SLOTS = 20;

  /** A ring of slots; one more than is reported, as the present slot is not complete. */
  private final long[] counts = new long[SLOTS + 1];

  /** The number of each slot in {@link #counts}, counted from 1970. */
  private final long[] numbers = new long[SLOTS + 1];

  private long first = Long.MIN_VALUE;

  void add(long nowMillis) {
    long number = nowMillis / SLOT_MILLIS;
    if (first == Long.MIN_VALUE) {
      first = number;
    }
    int slot = (int) (number % counts.length);
    if (numbers[slot] != number) {
      numbers[slot] = number;
      counts[slot] = 0;
    }
    counts[slot]++;
  }

  double perSecond(long nowMillis) {
    if (first == Long.MIN_VALUE) {
      return 0;
    }
    long now = nowMillis / SLOT_MILLIS;
    long sum = 0;
    for (int i = 0; i < counts.length; i++) {
      sum += numbers[i] < now && now - numbers[i] <= SLOTS ? counts[i] : 0;
    }
    long slots = Math.max(1, Math.min(SLOTS, now - first));
    return sum * 1000.0 / (slots * SLOT_MILLIS);
  }
}
