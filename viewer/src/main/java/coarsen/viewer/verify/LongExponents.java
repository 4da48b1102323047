package coarsen.viewer.verify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Reads numbers with an exponent of more than nine digits, too, of which decimals can't be made.
 * With one of nine digits they are as far beyond all limits.
 */
final class LongExponents extends JsonParserDelegate {
  private static final Pattern EXPONENT =
      Pattern.compile("(?<=[eE])(?<sign>[+-]?)0*[1-9][0-9]{9,}");

  LongExponents(JsonParser json) {
    super(json);
  }

  @Override
  public BigDecimal getDecimalValue() throws IOException {
    try {
      return super.getDecimalValue();
    } catch (NumberFormatException e) { // Of an exponent over 32 bits; Jackson lets it pass.
      return new BigDecimal(EXPONENT.matcher(getText()).replaceFirst("${sign}999999999"));
    }
  }
}
