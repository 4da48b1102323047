package coarsen.pipeline.inspect;

/**
 * A field that could name the series.
 *
 * @param name as {@code --seriesField} has it, but for backslashes before commas
 * @param values how many different ones the sample has
 */
public record SeriesField(String name, int values) {
  String option() {
    return FormatChoice.SERIES_FIELD + "=" + name.replace(",", "\\,");
  }
}
