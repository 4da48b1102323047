package coarsen.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code Host} headers are accepted, as a defence against DNS rebinding: another site can
 * make its own name resolve to this machine, and its pages could then read the answers; such
 * requests carry that site's name. Nobody can rebind an IP address, so addresses are accepted, with
 * any port, for tunnels forward other ports.
 */
final class HostRule {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  private final Set<String> names;

  /**
   * @param names the names to accept besides {@code localhost}
   */
  HostRule(Stream<String> names) {
    this.names =
        Stream.concat(Stream.of("localhost"), names)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
  }

  boolean allows(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = name(host);
    return names.contains(name) || ADDRESS.matcher(name).matches();
  }

  /** The name in {@code NAME:PORT}, in lower case. */
  static String name(String host) {
    return PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
  }
}
