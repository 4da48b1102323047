package coarsen.pipeline.inspect;

import static coarsen.pipeline.inspect.Texts.count;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields of messages as a table, with what each could be. */
final class FieldReport {
  private static final int MOST_ROWS = 15;
  private static final int MOST_NAME = 28;
  private static final int MOST_EXAMPLE = 30;

  private final Inspection inspection;

  /** What fields could be, the most likely first. */
  private final Map<String, String> roles = new LinkedHashMap<>();

  FieldReport(Inspection inspection) {
    this.inspection = inspection;
    FormatChoice choice = inspection.choice();
    for (String value : choice.valueFields()) {
      roles.put(value, "the value");
    }
    roles.put(choice.timeField(), "the event time");
    for (TimeField time : inspection.times()) {
      roles.putIfAbsent(time.name(), "could be the time, " + time.shape());
    }
    for (SeriesField series : inspection.series()) {
      roles.putIfAbsent(series.name(), count(series.values(), "value") + ", could name the series");
    }
    for (ValueField value : inspection.values()) {
      if (value.isLikely()) {
        roles.putIfAbsent(value.name(), "could be the value");
      }
    }
  }

  void write(Lines lines) {
    FieldTable table = inspection.table();
    if (table.messages() == 0) {
      return;
    }
    lines.add("");
    List<FieldColumn> shown = table.some(MOST_ROWS, List.copyOf(roles.keySet()));
    int names = width(shown.stream().map(FieldReport::name).toList(), "field".length());
    int kinds = width(shown.stream().map(FieldColumn::kinds).toList(), "type".length());
    int examples = width(shown.stream().map(FieldReport::example).toList(), "example".length());
    String row = "%-" + names + "s  %7s  %-" + kinds + "s  %-" + examples + "s  %s";
    lines.add(row.formatted("field", "share", "type", "example", "").stripTrailing());
    for (FieldColumn column : shown) {
      lines.add(
          row.formatted(
                  name(column),
                  Texts.percent(column.count(), table.messages()),
                  column.kinds(),
                  example(column),
                  roles.getOrDefault(column.name(), ""))
              .stripTrailing());
    }
    int others = table.columns().size() - shown.size();
    if (others > 0) {
      lines.add("and " + count(others, "more field"));
    }
    if (table.areEnvelopes()) {
      lines.add(
          "The messages are envelopes of Kafka Connect; the fields of their schema are left out.");
    }
  }

  private static int width(List<String> texts, int least) {
    return texts.stream().mapToInt(String::length).reduce(least, Math::max);
  }

  private static String name(FieldColumn column) {
    return Texts.cut(column.name(), MOST_NAME);
  }

  private static String example(FieldColumn column) {
    FieldColumn.Cell example = column.example();
    String text = Texts.cut(example.text(), MOST_EXAMPLE);
    return example.kind() == FieldKind.TEXT ? "\"" + text + "\"" : text;
  }
}
