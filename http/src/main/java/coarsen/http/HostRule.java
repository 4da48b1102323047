package coarsen.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code Host} headers are answered. A page of another site can have its own name resolve to
 * this machine and would then be allowed to read what it gets from here; its requests bear its
 * name. Addresses have nobody who could resolve them anew, so these are answered, on any port: the
 * page may be looked at through a tunnel.
 */
final class HostRule {
  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");

  private final Set<String> names;

  /**
   * @param names what is answered besides addresses and {@code localhost}
   */
  HostRule(String... names) {
    this.names =
        Stream.concat(Stream.of("localhost"), Stream.of(names))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
  }

  boolean allows(@Nullable String host) {
    if (host == null) {
      return false;
    }
    String name = PORT.matcher(host.toLowerCase(Locale.ROOT)).replaceFirst("");
    return names.contains(name) || ADDRESS.matcher(name).matches();
  }
}
