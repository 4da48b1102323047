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
 * What has been read and can still be shown. Its size is bounded: for each series the latest
 * 100,000 readings, the extremes of older ones in ever longer stretches of time, and the newest
 * rows of the latest 20,000 windows. Thread-safe: some threads feed its {@link FollowedOutput}s,
 * others take pictures.
 */
public final class ViewModel {
  /** The name of the only series, as rows do not name series yet. */
  static final String ONLY_SERIES = "";

  private static final long MICROS_PER_MILLI = 1_000;

  private final InstantSource clock;
  private final FollowedOutput raw;
  private final FollowedOutput reduced;
  private final @Nullable FollowedOutput rejected;
  private final SeriesStore store = new SeriesStore();

  /**
   * @param clock the wall clock
   * @param withRejected whether rejected rows are followed, too
   */
  public ViewModel(InstantSource clock, boolean withRejected) {
    this.clock = clock;
    raw = new FollowedOutput("raw", clock, this::addRaw);
    reduced = new FollowedOutput("reduced", clock, this::addReduced);
    rejected =
        withRejected ? new FollowedOutput("rejected", clock, ViewModel::checkRejected) : null;
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

  /** A number that grows with everything that is read; states also change with time alone. */
  public long version() {
    return raw.version() + reduced.version() + (rejected == null ? 0 : rejected.version());
  }

  /** The rows so far that can be drawn, including repeats and older revisions. */
  long rows() {
    return raw.rows() + reduced.rows();
  }

  /** What to draw now. */
  public Picture picture(VisibleSpan extent) {
    Status status = status();
    synchronized (store) {
      return store.picture(store.range(extent), extent, status);
    }
  }

  /** What to draw now of a range of event times. */
  public Picture picture(Range range) {
    Status status = status();
    synchronized (store) {
      return store.picture(range, status);
    }
  }

  /** The state of the outputs now. */
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

  /** A copy of all rows, some megabytes, which does not change any more. */
  SeriesStore freeze() {
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

  private long addRaw(byte[] bytes, int offset, int length) {
    Reading reading = Reading.parse(bytes, offset, length);
    add(ONLY_SERIES, reading);
    return reading.tsMicros();
  }

  private long addReduced(byte[] bytes, int offset, int length) {
    Mean mean = Mean.of(WindowSummary.parse(bytes, offset, length));
    add(ONLY_SERIES, mean);
    reduced.expectPauses((mean.endMicros() - mean.startMicros()) / MICROS_PER_MILLI);
    return Math.min(mean.endMicros(), EventTime.MAX_MICROS);
  }

  private static long checkRejected(byte[] bytes, int offset, int length) {
    Rejected.parse(bytes, offset, length);
    return FollowedOutput.NO_TIME;
  }
}
