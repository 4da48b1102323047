package coarsen.engines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;

/** The pages of an engine, each of which must answer, and have no secret. */
final class Pages {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  private final String root;
  private final Canaries canaries;

  /**
   * @param root {@code http://HOST:PORT}
   */
  Pages(String root, Canaries canaries) {
    this.root = root;
    this.canaries = canaries;
  }

  /** A page, which has these texts. */
  String get(String path, String... expected) throws IOException, InterruptedException {
    URI address = URI.create(root + path);
    var answer = HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    String page = answer.body();
    assertEquals(200, answer.statusCode(), () -> address + ": " + page);
    assertFalse(page.isBlank(), address::toString);
    canaries.assertNoneIn(address.toString(), page);
    for (String text : expected) {
      assertTrue(page.contains(text), () -> address + " lacks " + text + ":\n" + page);
    }
    return page;
  }

  /** The pattern's group wherever a page has it, which is somewhere. */
  static List<String> found(String pattern, String page) {
    List<String> found =
        Pattern.compile(pattern)
            .matcher(page)
            .results()
            .map(result -> result.group(1))
            .distinct()
            .toList();
    assertFalse(found.isEmpty(), () -> page + " lacks " + pattern);
    return found;
  }
}
