package coarsen.viewer.web;

import java.util.Map;

/**
 * What the page shows, as JSON that the page's script knows. Safe to be used by several threads.
 */
interface LiveData {
  /**
   * A way to look at the data.
   *
   * @param query the request's parameters, decoded; one that is not known is passed over
   * @return equal for queries that mean the same
   * @throws IllegalArgumentException if a parameter has a wrong value; the message says what would
   *     do
   */
  View view(Map<String, String> query);

  /** How the page is to draw: a JSON object in one line, which never changes. */
  byte[] look();

  /**
   * Whether new data still comes, or could come.
   *
   * @throws RuntimeException if not; the message says why
   */
  void check();

  /** One way to look at the data; has {@code equals} and {@code hashCode}. */
  interface View {
    /** A number that changes when there is another picture. */
    long version();

    /** What there is to see now. */
    Still still();

    /** The present picture as a PNG file. */
    byte[] png();

    /** The present picture as an SVG file. */
    byte[] svg();
  }

  /** What was to be seen at one moment. */
  interface Still {
    /** All that there is to draw: a JSON object in one line. */
    byte[] picture();

    /** What changes with time alone, such as ages, as it is now: a JSON object in one line. */
    byte[] status();
  }
}
