package coarsen.viewer.model;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import coarsen.records.Rejected;
import coarsen.records.WindowSummary;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been read and may still be shown. Its size is bounded, whatever is read: of each series
 * the last 100,000 readings, the extremes of older ones in ever longer stretches of time, and the
 * newest rows of the last 20,000 windows. Safe to be used by several threads: some feed its {@link
 * FollowedOutput}s, others look at pictures.
 */
public final class ViewModel {
  /** The name of the only series of outputs whose rows have no names of series. */
  static final String ONLY = "";

  private static final long MICROS_PER_MILLI = 1_000;

  private final InstantSource clock;
  private final FollowedOutput raw;
  private final FollowedOutput reduced;
  private final @Nullable FollowedOutput rejected;
  private final Store store = new Store();

  /**
   * @param clock the wall clock
   * @param rawPlace where raw rows come from, for people, such as {@code topic:raw}
   * @param reducedPlace where reduced rows come from
   * @param rejectedPlace where rejected rows come from; null if they are not followed
   */
  public ViewModel(
      InstantSource clock, String rawPlace, String reducedPlace, @Nullable String rejectedPlace) {
    this.clock = clock;
    raw = new FollowedOutput("raw", rawPlace, clock, this::takeRaw);
    reduced = new FollowedOutput("reduced", reducedPlace, clock, this::takeReduced);
    rejected =
        rejectedPlace == null
            ? null
            : new FollowedOutput("rejected", rejectedPlace, clock, ViewModel::takeRejected);
  }

  /** Takes raw rows. */
  public FollowedOutput raw() {
    return raw;
  }

  /** Takes reduced rows. */
  public FollowedOutput reduced() {
    return reduced;
  }

  /** Takes rejected rows, which are only counted; null if they are not followed. */
  public @Nullable FollowedOutput rejected() {
    return rejected;
  }

  /** A number that grows with everything that is read; states change without it. */
  public long version() {
    return raw.version() + reduced.version() + (rejected == null ? 0 : rejected.version());
  }

  /** Rows that may be drawn so far, repeats and older revisions too. */
  long rows() {
    return raw.rows() + reduced.rows();
  }

  /** What there is to draw now. */
  public Picture picture(VisibleSpan extent) {
    Status status = status();
    synchronized (store) {
      return store.picture(store.range(extent), extent, status);
    }
  }

  /** What there is to draw now of a range of event times. */
  public Picture picture(Range range) {
    Status status = status();
    synchronized (store) {
      return store.picture(range, status);
    }
  }

  /** How the outputs are now. */
  public Status status() {
    Instant now = clock.instant();
    List<OutputStatus> sources = new ArrayList<>();
    sources.add(raw.status(now));
    sources.add(reduced.status(now));
    if (rejected != null) {
      sources.add(rejected.status(now));
    }
    return new Status(now, sources);
  }

  /** All that is known now; some megabytes, which nobody changes any more. */
  Store freeze() {
    synchronized (store) {
      return store.copy();
    }
  }

  void add(String series, Reading reading) {
    synchronized (store) {
      store.add(series, reading);
    }
  }

  void add(String series, Mean mean) {
    synchronized (store) {
      store.add(series, mean);
    }
  }

  private long takeRaw(byte[] bytes, int offset, int length) {
    Reading reading = Reading.parse(bytes, offset, length);
    add(ONLY, reading);
    return reading.tsMicros();
  }

  private long takeReduced(byte[] bytes, int offset, int length) {
    Mean mean = Mean.of(WindowSummary.parse(bytes, offset, length));
    add(ONLY, mean);
    reduced.expectPauses((mean.endMicros() - mean.startMicros()) / MICROS_PER_MILLI);
    return Math.min(mean.endMicros(), EventTime.MAX_MICROS);
  }

  private static long takeRejected(byte[] bytes, int offset, int length) {
    Rejected.parse(bytes, offset, length);
    return FollowedOutput.NO_TIME;
  }
}
