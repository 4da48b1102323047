package coarsen.viewer.web;

import java.util.Map;

/** What the page shows, as JSON for the page's script. Implementations are thread-safe. */
interface LiveData {
  /**
   * A view of the data.
   *
   * @param query the request's parameters, decoded; unknown ones are ignored
   * @return equal views for equivalent queries
   * @throws IllegalArgumentException if a parameter has a wrong value; the message says what would
   *     be right
   */
  View view(Map<String, String> query);

  /**
   * The series whose names contain a text, some of them, to pick from: a JSON object.
   *
   * @param search in which {@code *} stands for any characters and {@code ?} for one
   */
  byte[] series(String search);

  /** How the page draws: a JSON object in one line, always the same. */
  byte[] style();

  /**
   * Checks that all outputs are still being read.
   *
   * @throws RuntimeException if one is not; the message says why
   */
  void check();

  /** One view of the data; has {@code equals} and {@code hashCode}. */
  interface View {
    /** A number that changes whenever the picture does. */
    long version();

    /** What to show now. */
    Snapshot snapshot();

    /** The current picture as a PNG file. */
    byte[] png();

    /** The current picture as an SVG file. */
    byte[] svg();
  }

  /** What to show at one moment. */
  interface Snapshot {
    /** All that there is to draw: a JSON object in one line. */
    byte[] picture();

    /** What changes with time alone, such as the lag, as of now: a JSON object in one line. */
    byte[] status();
  }
}
