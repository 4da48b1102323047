package coarsen.viewer.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

/** FNV-1a with 64 bits: tells rows apart that were damaged or written twice, not forged ones. */
final class Hash {
  private Hash() {}

  static long of(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return of(bytes, bytes.length);
  }

  /** Of the first bytes. */
  static long of(byte[] bytes, int length) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < length; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }
}
