package coarsen.records;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which series a user asked for. A pattern matches a series if it matches its {@link Series#text}
 * as a whole, such as {@code device=press-04,field=temp}, or one of its labels, such as {@code
 * device=press-04}, or the value of one, such as {@code press-04}. In each, {@code *} stands for
 * any characters and {@code ?} for one, which may be a star or a question mark; all others, also a
 * backslash, stand for themselves. Labels and values are as they are, without the backslashes that
 * the text has before separators. Immutable.
 */
public final class SeriesPattern {
  private static final Pattern WILDCARD = Pattern.compile("[*]+|[?]");

  private final String glob;
  private final Pattern regex;

  private SeriesPattern(String glob, Pattern regex) {
    this.glob = glob;
    this.regex = regex;
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if it is empty
   */
  public static SeriesPattern parse(String glob) {
    if (glob.isEmpty()) {
      throw new IllegalArgumentException(
          "a series is missing; write its name or a pattern, such as press-04, device=press-04 or"
              + " 'press-*'");
    }
    var regex = new StringBuilder();
    Matcher wildcard = WILDCARD.matcher(glob);
    int from = 0;
    while (wildcard.find()) {
      regex.append(Pattern.quote(glob.substring(from, wildcard.start())));
      regex.append(wildcard.group().equals("?") ? "." : ".*");
      from = wildcard.end();
    }
    regex.append(Pattern.quote(glob.substring(from)));
    return new SeriesPattern(glob, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** Whether the series was asked for. */
  public boolean matches(Series series) {
    if (isOf(series.text())) {
      return true;
    }
    for (Map.Entry<String, String> label : series.labels().entrySet()) {
      if (isOf(label.getValue()) || isOf(label.getKey() + "=" + label.getValue())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the pattern is one of this text as a whole, whatever it is. */
  public boolean isOf(String text) {
    return regex.matcher(text).matches();
  }

  /** The pattern as it was given. */
  @Override
  public String toString() {
    return glob;
  }
}
