package coarsen.viewer.web;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parameters of a request. */
final class Query {
  private Query() {}

  /**
   * The view that a request asks for.
   *
   * @throws BadRequestException if it asks for none
   */
  static LiveData.View view(LiveData data, URI uri) {
    try {
      return data.view(parameters(uri.getRawQuery()));
    } catch (IllegalArgumentException e) {
      throw new BadRequestException(String.valueOf(e.getMessage()), e);
    }
  }

  /** By name; of several with one name the last. */
  private static Map<String, String> parameters(@Nullable String query) {
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
