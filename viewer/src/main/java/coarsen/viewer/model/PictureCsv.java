package coarsen.viewer.model;

import coarsen.records.EventTime;
import java.math.BigDecimal;

/** Writes the points of a picture as CSV. */
public final class PictureCsv {
  private static final String HEADER =
      "kind,series,time,value,min_value,max_value,count,pane,run,revision\r\n";

  private PictureCsv() {}

  /**
   * All points within the picture's range as CSV (RFC 4180), a line each after a header line.
   * {@code kind} is {@code original} or {@code mean}; the time of a mean is its window's end.
   * Columns after {@code value} are empty for originals.
   */
  public static String of(Picture picture) {
    var csv = new StringBuilder(HEADER);
    for (SeriesPicture series : picture.series()) {
      String name = quoted(series.name());
      Line line = series.originals();
      for (int i = 0; i < line.size(); i++) {
        if (picture.range().contains(line.micros(i))) {
          csv.append("original,").append(name).append(',');
          csv.append(EventTime.format(line.micros(i))).append(',');
          csv.append(number(line.value(i))).append(",,,,,,\r\n");
        }
      }
      for (MeanPoint point : series.means()) {
        if (picture.range().contains(point.atMicros())) {
          csv.append("mean,").append(name).append(',').append(row(point.mean())).append("\r\n");
        }
      }
    }
    return csv.toString();
  }

  private static String row(Mean mean) {
    return String.join(
        ",",
        EventTime.format(mean.endMicros()),
        number(mean.avg()),
        number(mean.min()),
        number(mean.max()),
        Long.toString(mean.count()),
        mean.pane().name(),
        Integer.toString(mean.run()),
        Integer.toString(mean.revision()));
  }

  private static String number(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    return value == 0 ? "0" : exact.stripTrailingZeros().toString();
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
