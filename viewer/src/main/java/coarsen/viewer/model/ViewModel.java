package coarsen.viewer.model;

import coarsen.records.EventTime;
import coarsen.records.Reading;
import coarsen.records.Rejected;
import coarsen.records.WindowSummary;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What has been read and can still be shown. Its size is bounded: it keeps rows of the series that
 * somebody looks at and of some more, and of each the latest readings, the extremes of older ones
 * in ever longer stretches of time, and the newest rows of the latest 20,000 windows. Of all other
 * series it knows the names and how much they vary. Thread-safe: some threads feed its {@link
 * FollowedOutput}s, others take pictures.
 */
public final class ViewModel {
  private static final long MICROS_PER_MILLI = 1_000;

  private final InstantSource clock;
  private final FollowedOutput raw;
  private final FollowedOutput reduced;
  private final @Nullable FollowedOutput rejected;
  private final RowScan rawScan = new RowScan();
  private final RowScan reducedScan = new RowScan();
  private final SeriesModel series;

  /** A model of outputs that asks for no series in particular. */
  public ViewModel(InstantSource clock, boolean withRejected) {
    this(clock, withRejected, Selection.DEFAULT);
  }

  /**
   * @param clock the wall clock
   * @param withRejected whether rejected rows are followed, too
   * @param askedFor the series of this selection are found even if there are very many
   */
  public ViewModel(InstantSource clock, boolean withRejected, Selection askedFor) {
    this.clock = clock;
    raw = new FollowedOutput("raw", clock, this::addRaw);
    reduced = new FollowedOutput("reduced", clock, this::addReduced);
    rejected =
        withRejected ? new FollowedOutput("rejected", clock, ViewModel::checkRejected) : null;
    series = new SeriesModel(askedFor);
  }

  /** Takes raw rows; for one thread. */
  public FollowedOutput raw() {
    return raw;
  }

  /** Takes reduced rows; for one thread. */
  public FollowedOutput reduced() {
    return reduced;
  }

  /** Takes rejected rows, which are only counted; null if they are not followed. */
  public @Nullable FollowedOutput rejected() {
    return rejected;
  }

  /** A number that grows with everything that is read; states also change with time alone. */
  public long version() {
    return raw.version()
        + reduced.version()
        + (rejected == null ? 0 : rejected.version())
        + histories();
  }

  /** How often {@linkplain #missingHistory missing rows} were added. */
  long histories() {
    return series.histories();
  }

  /** The rows so far that can be drawn, including repeats and older revisions. */
  long rows() {
    return raw.rows() + reduced.rows();
  }

  /** What to draw now, of the series that are shown where none are asked for. */
  public Picture picture(VisibleSpan extent) {
    return picture(extent, Selection.DEFAULT);
  }

  /** What to draw now of a selection. */
  public Picture picture(VisibleSpan extent, Selection selection) {
    return series.picture(extent, choose(selection), status());
  }

  /** What to draw now of a selection in a range of event times. */
  public Picture picture(Range range, Selection selection) {
    return series.picture(range, choose(selection), status());
  }

  /** The series to show now; their rows are kept from now on. */
  public SeriesChoice choose(Selection selection) {
    return series.choose(selection, clock.millis());
  }

  /**
   * The series whose names contain a text, in upper or lower case, to pick from.
   *
   * @param text in which {@code *} stands for any characters and {@code ?} for one
   * @param limit how many of them to list at most
   */
  public SeriesList search(String text, int limit) {
    return series.search(text, limit);
  }

  /**
   * Takes the earlier rows of series that are shown, and that were not kept when they were read;
   * empty if there are none. Whoever feeds this model should read the outputs once more for it.
   */
  public Optional<SeriesHistory> missingHistory() {
    Set<String> names = series.incomplete();
    return names.isEmpty() ? Optional.empty() : Optional.of(new SeriesHistory(series, names));
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

  /** A copy of all rows that are kept, some megabytes, which does not change any more. */
  SeriesStore freeze() {
    return series.freeze();
  }

  void add(String name, Reading reading) {
    series.add(name, reading);
  }

  void add(String name, Mean mean) {
    series.add(name, mean);
  }

  private long addRaw(byte[] bytes, int offset, int length) {
    if (rawScan.isRaw(bytes, offset, length) && series.passRaw(rawScan)) {
      return rawScan.micros();
    }
    Reading reading = Reading.parse(bytes, offset, length);
    add(SeriesModel.name(reading.series()), reading);
    return reading.tsMicros();
  }

  private long addReduced(byte[] bytes, int offset, int length) {
    if (reducedScan.isReduced(bytes, offset, length) && series.passReduced(reducedScan)) {
      return Math.min(reducedScan.micros(), EventTime.MAX_MICROS);
    }
    WindowSummary row = WindowSummary.parse(bytes, offset, length);
    Mean mean = Mean.of(row);
    add(SeriesModel.name(row.series()), mean);
    reduced.expectPauses((mean.endMicros() - mean.startMicros()) / MICROS_PER_MILLI);
    return Math.min(mean.endMicros(), EventTime.MAX_MICROS);
  }

  private static long checkRejected(byte[] bytes, int offset, int length) {
    Rejected.parse(bytes, offset, length);
    return FollowedOutput.NO_TIME;
  }
}
