package coarsen.pipeline.inspect;

import coarsen.pipeline.format.JsonFormat;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** What {@code ./coarsen inspect} and {@code run --check} print about a topic. */
public final class InspectReport {
  /** The screen is about so long. */
  private static final int SCREEN = 40;

  private static final int MOST_SERIES_FIELDS = 3;

  private InspectReport() {}

  /**
   * A topic, its messages, and the command line of a run that fits them.
   *
   * @param compression names of codecs; none if they are not known
   * @param connection options of the Kafka cluster as they were given
   */
  public static List<String> of(
      Inspection inspection,
      SortedSet<String> compression,
      List<String> connection,
      InstantSource now) {
    var lines = new Lines();
    TopicSample sample = inspection.sample();
    new SourceReport(sample, now).write(lines, compression);
    if (sample.size() > 0) {
      new FieldReport(inspection).write(lines);
      lines.add("");
      new TrialReport(inspection.trial()).write(lines, time(inspection));
      inspection
          .choice()
          .foundZone()
          .ifPresent(
              zone ->
                  lines.add(
                      "zone",
                      "times name none and are ahead of Kafka's by that of "
                          + zone
                          + "; better name yours: --inputZone=Europe/Berlin"));
      explain(inspection, lines);
      if (!inspection.series().isEmpty()) {
        lines.add("series", series(inspection.series()));
      }
    }
    if (!inspection.trial().isHopeless()) {
      suggest(inspection, connection, lines);
    }
    return lines.all();
  }

  /**
   * A topic, and what a run with given options makes of its messages.
   *
   * @param compression names of codecs; none if they are not known
   * @param time for people, where the event time is
   */
  public static List<String> of(
      TopicSample sample,
      Trial trial,
      SortedSet<String> compression,
      String time,
      InstantSource now) {
    var lines = new Lines();
    new SourceReport(sample, now).write(lines, compression);
    if (sample.size() > 0) {
      new TrialReport(trial).write(lines, time);
    }
    return lines.all();
  }

  /** A label and a text, as the other lines of a report have them. */
  public static List<String> line(String label, String text) {
    var lines = new Lines();
    lines.add(label, text);
    return lines.all();
  }

  private static String time(Inspection inspection) {
    String field = inspection.choice().timeField();
    if (inspection.choice().isInflux() && inspection.time().isEmpty()) {
      return "Kafka's, for the lines have none";
    }
    return field.equals(JsonFormat.KAFKA_TIME)
        ? "Kafka's, for no field holds a time"
        : Texts.cut(field, 40)
            + inspection.time().map(time -> " (" + time.shape() + ")").orElse("");
  }

  private static String series(List<SeriesField> fields) {
    return "none; "
        + fields.stream()
            .limit(MOST_SERIES_FIELDS)
            .map(field -> Texts.count(field.values()) + " with " + ShellWords.quote(field.option()))
            .collect(Collectors.joining(", "));
  }

  private static void explain(Inspection inspection, Lines lines) {
    if (!inspection.trial().isHopeless()) {
      return;
    }
    if (inspection.table().messages() == 0) {
      List<byte[]> values =
          inspection
              .sample()
              .all()
              .filter(message -> message.value() != null)
              .map(message -> message.value())
              .toList();
      String what = Unreadable.describe(values);
      if (!what.isEmpty()) {
        lines.add("messages", what);
      }
      lines.add("", "No options read these messages: run reads JSON and Influx line protocol.");
    } else if (inspection.values().isEmpty()) {
      lines.add("", "No field holds a number that could be the value.");
    } else if (inspection.choice().timeField().equals(JsonFormat.KAFKA_TIME)) {
      lines.add("", "No field holds a time, and Kafka's timestamps can't be the event time.");
    } else {
      lines.add("", "No options were found that read these messages.");
    }
  }

  private static void suggest(Inspection inspection, List<String> connection, Lines lines) {
    var commands =
        new CommandLines(
            inspection.sample().topic(),
            connection,
            inspection.choice().options(),
            inspection.rules().options());
    lines.add("");
    lines.add(
        inspection.sample().size() == 0
            ? "The topic is empty. A run with all defaults:"
            : "This reads the whole topic and ends. Without --until=end it waits for more:");
    lines.addAll(commands.run());
    List<String> after = new ArrayList<>();
    after.add("");
    after.add("Then check the result, and look at it:");
    after.addAll(commands.verify());
    after.addAll(commands.view());
    if (inspection.sample().size() > 0 && lines.all().size() + after.size() <= SCREEN) {
      lines.addAll(after);
    }
  }
}
