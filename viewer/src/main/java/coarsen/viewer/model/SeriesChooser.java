package coarsen.viewer.model;

import coarsen.records.Series;
import coarsen.records.SeriesPattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Chooses series for selections. A series stays, in its colour, until one that is not shown has a
 * clearly greater spread; that is found out every five seconds. Not thread-safe.
 */
final class SeriesChooser {
  private static final long PAUSE_MILLIS = 5_000;
  private static final double CLEARLY = 1.25;
  private static final int MAX_SELECTIONS = 32;

  private final SeriesDirectory directory;

  @SuppressWarnings("serial") // Never serialized.
  private final Map<Selection.Matching, Choice> choices =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Selection.Matching, Choice> eldest) {
          return size() > MAX_SELECTIONS;
        }
      };

  SeriesChooser(SeriesDirectory directory) {
    this.directory = directory;
  }

  /** Whether a selection asks for a series, by its name or by a pattern. */
  static Predicate<String> matcher(Selection selection) {
    if (selection instanceof Selection.Picked picked) {
      return picked.colours()::containsKey;
    }
    List<String> globs = ((Selection.Matching) selection).patterns();
    List<SeriesPattern> patterns = globs.stream().map(SeriesPattern::parse).toList();
    return name -> patterns.stream().anyMatch(pattern -> pattern.matches(Series.parse(name)));
  }

  /**
   * The series to show now.
   *
   * @param nowMillis by a clock
   */
  SeriesChoice choose(Selection selection, long nowMillis) {
    if (directory.size() == 0) {
      return SeriesChoice.withoutSeries(selection);
    }
    if (selection instanceof Selection.Picked picked) {
      Map<String, Integer> colours = picked.colours();
      boolean isAlone = colours.size() == 1 && colours.containsKey(Selection.ALL_READINGS);
      return choice(
          selection,
          isAlone ? Map.of(Selection.ALL_READINGS, SeriesChoice.ALONE) : colours,
          colours.size());
    }
    var matching = (Selection.Matching) selection;
    Choice choice = choices.computeIfAbsent(matching, Choice::new);
    choice.update(nowMillis);
    Map<String, Integer> colours = new HashMap<>();
    choice.colours.forEach((series, colour) -> colours.put(series.name(), colour));
    return choice(selection, colours, choice.matches.cardinality());
  }

  private SeriesChoice choice(Selection selection, Map<String, Integer> colours, long matching) {
    return new SeriesChoice(selection, colours, directory.size(), directory.isComplete(), matching);
  }

  private final class Choice {
    private final int top;
    private final Predicate<String> matcher;
    private final boolean matchesAll;

    /** Whether series match, by the order of their arrival, as far as that was looked at. */
    private final BitSet matches = new BitSet();

    private final Map<KnownSeries, Integer> colours = new HashMap<>();
    private int lookedAt;
    private long chosenAt;

    Choice(Selection.Matching selection) {
      top = selection.top();
      matcher = matcher(selection);
      matchesAll = selection.patterns().isEmpty();
    }

    void update(long nowMillis) {
      for (; lookedAt < directory.size(); lookedAt++) {
        matches.set(lookedAt, matchesAll || matcher.test(directory.get(lookedAt).name()));
      }
      boolean isFull = colours.size() == Math.min(top, matches.cardinality());
      boolean isDue = nowMillis - chosenAt >= PAUSE_MILLIS;
      // At the start, series are shown before anything is known of them.
      if (!isFull || isDue || colours.keySet().stream().anyMatch(this::isUnknown)) {
        chosenAt = nowMillis;
        improve(best());
      }
    }

    private boolean isUnknown(KnownSeries series) {
      return Double.isNaN(directory.spread(series));
    }

    /** The series of the greatest spread of those that are not shown, the greatest first. */
    private List<KnownSeries> best() {
      ToDoubleFunction<KnownSeries> spread =
          series -> isUnknown(series) ? -1 : directory.spread(series);
      Comparator<KnownSeries> worstFirst =
          Comparator.comparingDouble(spread)
              .thenComparing(KnownSeries::name, Comparator.reverseOrder());
      var best = new PriorityQueue<KnownSeries>(worstFirst);
      for (int i = matches.nextSetBit(0); i >= 0; i = matches.nextSetBit(i + 1)) {
        KnownSeries series = directory.get(i);
        if (!colours.containsKey(series)) {
          best.add(series);
          if (best.size() > top) {
            best.poll();
          }
        }
      }
      List<KnownSeries> sorted = new ArrayList<>(best);
      sorted.sort(worstFirst.reversed());
      return sorted;
    }

    private void improve(List<KnownSeries> others) {
      int room = Math.min(top - colours.size(), others.size());
      List<KnownSeries> more = new ArrayList<>(others.subList(0, room));
      more.sort(Comparator.comparing(KnownSeries::name)); // So that colours follow the legend.
      for (KnownSeries series : more) {
        colours.put(series, Selection.free(colours.values()));
      }
      for (KnownSeries other : others.subList(room, others.size())) {
        KnownSeries weakest = weakest();
        boolean isBetter =
            isUnknown(weakest)
                ? !isUnknown(other)
                : directory.spread(other) > CLEARLY * directory.spread(weakest);
        Integer colour = isBetter ? colours.remove(weakest) : null;
        if (colour == null) {
          return; // The others are no better.
        }
        colours.put(other, colour);
      }
    }

    private KnownSeries weakest() {
      return colours.keySet().stream()
          .min(Comparator.comparingDouble(s -> isUnknown(s) ? -1 : directory.spread(s)))
          .orElseThrow();
    }
  }
}
