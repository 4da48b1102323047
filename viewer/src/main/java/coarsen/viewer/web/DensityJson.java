package coarsen.viewer.web;

import coarsen.viewer.plot.Shading;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * Writes the shades of a density for the page's script. A column has the number of its first row
 * with readings and a string with the shades from there on, a hexadecimal digit each.
 */
final class DensityJson {
  private static final int HEX = 16;

  private DensityJson() {}

  static void write(JsonGenerator json, Shading shading) throws IOException {
    int columns = shading.density().columns();
    json.writeObjectFieldStart("density");
    json.writeNumberField("start", shading.density().start(0));
    json.writeNumberField("column", shading.density().columnMicros());
    json.writeNumberField("low", shading.rows().low(0));
    json.writeNumberField("height", shading.rows().height());
    json.writeArrayFieldStart("rows");
    for (int column = 0; column < columns; column++) {
      json.writeNumber(firstRow(shading, column));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("shades");
    for (int column = 0; column < columns; column++) {
      json.writeString(digits(shading, column));
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static int firstRow(Shading shading, int column) {
    int row = 0;
    while (row < shading.rows().count() && shading.shade(column, row) == 0) {
      row++;
    }
    return row;
  }

  private static String digits(Shading shading, int column) {
    var digits = new StringBuilder();
    int end = 0;
    for (int row = firstRow(shading, column); row < shading.rows().count(); row++) {
      int shade = shading.shade(column, row);
      digits.append(Character.forDigit(shade, HEX));
      end = shade > 0 ? digits.length() : end;
    }
    digits.setLength(end);
    return digits.toString();
  }
}
