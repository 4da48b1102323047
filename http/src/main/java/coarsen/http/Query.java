package coarsen.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters of a request. */
public final class Query {
  private Query() {}

  /**
   * The decoded parameters of a request by name; of several with one name, the last.
   *
   * @throws IllegalArgumentException if a {@code %} sequence is malformed
   */
  public static Map<String, String> parameters(URI uri) {
    @Nullable String query = uri.getRawQuery();
    var parameters = new TreeMap<String, String>();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0) {
        parameters.put(
            decoded(parameter.substring(0, equals)), decoded(parameter.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
