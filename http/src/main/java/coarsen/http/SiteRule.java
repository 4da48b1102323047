package coarsen.http;

import com.sun.net.httpserver.Headers;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request comes from a page of this server, or from no page at all. Browsers keep a page
 * of another site from reading the answers, but not from sending requests, with which it could use
 * up streams and draw charts. They say where a request comes from: {@code Sec-Fetch-Site} over TLS
 * and to their own machine, and elsewhere at least {@code Origin} for what scripts read. Other
 * clients, such as {@code curl}, send neither.
 */
final class SiteRule {
  private static final Set<String> OWN = Set.of("same-origin", "none"); // None: typed by the user.
  private static final Pattern SCHEME = Pattern.compile("^https?://");

  private final Set<String> proxies;

  /**
   * @param proxies host names of proxies before this server, in lower case
   */
  SiteRule(Set<String> proxies) {
    this.proxies = proxies;
  }

  boolean allows(Headers request) {
    String site = request.getFirst("Sec-Fetch-Site");
    String origin = request.getFirst("Origin");
    if (site != null) {
      return OWN.contains(site);
    }
    return origin == null || isOwn(origin, request.getFirst("Host"));
  }

  /** A proxy may put another name into {@code Host}, but the browser knows only the proxy's. */
  private boolean isOwn(String origin, @Nullable String host) {
    String place = SCHEME.matcher(origin.toLowerCase(Locale.ROOT)).replaceFirst("");
    return place.equalsIgnoreCase(host) || proxies.contains(HostRule.name(place));
  }
}
