package coarsen.pipeline.inspect;

import coarsen.pipeline.format.InputFormat;
import coarsen.pipeline.format.JsonFormat;
import coarsen.pipeline.time.EventTimeRules;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What the messages of a sample hold, and the options of a run that fit them.
 *
 * @param sample the messages
 * @param table their fields
 * @param times fields that could be the event time, the most likely first
 * @param values fields that could be the value, the most likely first
 * @param series what could name the series, the most likely first; none if an option does
 * @param choice the options of the format
 * @param rules the options of the rules of event time, with what a run with all of them makes of
 *     the messages
 */
public record Inspection(
    TopicSample sample,
    FieldTable table,
    List<TimeField> times,
    List<ValueField> values,
    List<SeriesField> series,
    FormatChoice choice,
    RulesChoice rules) {

  /** Offsets of zones are multiples of it, in microseconds. */
  private static final long QUARTER = TimeUnit.MINUTES.toMicros(15);

  private static final List<String> OF_JSON =
      List.of(
          FormatChoice.FORMAT,
          FormatChoice.READINGS_FIELD,
          FormatChoice.TIMESTAMP_FIELD,
          FormatChoice.TIMESTAMP_FORMAT,
          FormatChoice.INPUT_ZONE);

  private static final int MOST_QUARTERS = 14 * 4;

  /**
   * Finds the options.
   *
   * @param given options that are kept as they are, such as {@code --valueField=temp}
   * @param formats makes the format that options mean
   * @throws IllegalArgumentException if the given ones can't be used
   */
  public static Inspection of(
      TopicSample sample,
      List<String> given,
      Function<List<String>, InputFormat> formats,
      InstantSource now) {
    return of(sample, new FormatChoice(given, List.of(), formats), now);
  }

  private static Inspection of(TopicSample sample, FormatChoice given, InstantSource now) {
    String readings = given.value(FormatChoice.READINGS_FIELD).orElse("");
    MessageFields format = given.isInflux() ? new LineFields() : new JsonFields(readings);
    FieldTable table = FieldTable.of(sample, format);
    if (table.messages() == 0 && areLines(sample, given, now)) {
      return of(sample, given.with(FormatChoice.FORMAT + "=influx"), now);
    }
    List<TimeField> times = new TimeFinder(given, now).find(table);
    FormatChoice choice = withTime(given, times, table);
    List<ValueField> values = ValueFinder.find(table, timesOf(times, choice.timeField()));
    if (readings.isEmpty() && !values.isEmpty()) {
      Optional<String> array = commonArray(choice.timeField(), values.get(0).name());
      if (array.isPresent()) {
        return of(sample, given.with(FormatChoice.READINGS_FIELD + "=" + array.get()), now);
      }
    }
    choice = withValue(choice, values);
    var rules = RulesChoice.of(sample, choice.format(), now);
    if (rules.allowsFuture()) {
      FormatChoice zoned = withZone(choice, rules.trial());
      var zonedRules = RulesChoice.of(sample, zoned.format(), now);
      if (!zonedRules.allowsFuture()) {
        choice = zoned;
        rules = zonedRules;
      }
    }
    List<SeriesField> series =
        choice.has(FormatChoice.SERIES_FIELD) || rules.trial().isHopeless()
            ? List.of()
            : new SeriesFinder(sample, table, choice).find(timesAndValues(times, choice), now);
    return new Inspection(sample, table, times, values, series, choice, rules);
  }

  /** Fields that do not name the series: all that hold times, and the values. */
  private static Set<String> timesAndValues(List<TimeField> times, FormatChoice choice) {
    Set<String> names = new HashSet<>(choice.valueFields());
    names.add(choice.timeField());
    times.forEach(time -> names.add(time.name()));
    return names;
  }

  /** Whether most messages are line protocol, and no option was given that does not apply to it. */
  private static boolean areLines(TopicSample sample, FormatChoice given, InstantSource now) {
    if (OF_JSON.stream().anyMatch(given::has)) {
      return false;
    }
    FormatChoice lines = given.with(FormatChoice.FORMAT + "=influx");
    var trial =
        Trial.of(sample, lines.format(), EventTimeRules.DEFAULT.withMaxFutureSkew(null), now);
    return trial.readings() > 0 && 2 * trial.rejected() < trial.messages();
  }

  private static FormatChoice withTime(
      FormatChoice given, List<TimeField> times, FieldTable table) {
    boolean isNamed = given.has(FormatChoice.TIMESTAMP_FIELD);
    return times.stream()
        .filter(time -> !isNamed || time.name().equals(given.timeField()))
        .findFirst()
        .map(time -> given.withTime(time.name(), time.options()))
        .orElseGet(
            () ->
                isNamed || table.messages() == 0 || given.isInflux()
                    ? given
                    : given.withTime(JsonFormat.KAFKA_TIME, List.of()));
  }

  private static FormatChoice withValue(FormatChoice given, List<ValueField> values) {
    boolean isNamed = given.has(FormatChoice.VALUE_FIELD);
    FormatChoice choice = given;
    for (ValueField value : values) {
      if (!isNamed || given.valueFields().contains(value.name())) {
        choice = choice.withValue(value.name(), value.options());
        if (!isNamed) {
          return choice;
        }
      }
    }
    return choice;
  }

  /**
   * With a zone, where times that name none are ahead of Kafka's by the offset of one, and so would
   * be rejected as from the future.
   *
   * @param trial what a run that takes times from the future makes of the messages
   */
  private static FormatChoice withZone(FormatChoice choice, Trial trial) {
    if (choice.isInflux() || choice.has(FormatChoice.INPUT_ZONE)) {
      return choice;
    }
    long ahead = -trial.delay(0.5);
    long quarters = Math.round((double) ahead / QUARTER);
    if (quarters < 1
        || quarters > MOST_QUARTERS
        || Math.abs(ahead - quarters * QUARTER) > QUARTER / 3) {
      return choice;
    }
    String zone = "+%02d:%02d".formatted(quarters / 4, quarters % 4 * 15);
    return choice.with(FormatChoice.INPUT_ZONE + "=" + zone);
  }

  /** Fields that are not values: the event time, and those whose names speak of a time as well. */
  private static Set<String> timesOf(List<TimeField> times, String chosen) {
    Set<String> names = new HashSet<>(Set.of(chosen));
    for (TimeField time : times) {
      if (FieldWords.of(time.name()).isTime()) {
        names.add(time.name());
      }
    }
    return names;
  }

  /** The field that holds an array of objects, each with both fields. */
  private static Optional<String> commonArray(String time, String value) {
    int end = value.lastIndexOf("/0/");
    if (end <= 0 || !time.startsWith(value.substring(0, end + 3))) {
      return Optional.empty();
    }
    return Optional.of(JsonFields.name(value.substring(0, end)));
  }

  /** What a run with these options makes of the messages. */
  public Trial trial() {
    return rules.trial();
  }

  /** How the event time is read, if it is a field that can be read. */
  Optional<TimeField> time() {
    return times.stream().filter(time -> time.name().equals(choice.timeField())).findFirst();
  }
}
