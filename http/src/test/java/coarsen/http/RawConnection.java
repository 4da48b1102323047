package coarsen.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Sends what Java's own client would refuse to: other host names, unknown methods, odd paths. */
final class RawConnection implements AutoCloseable {
  private final Socket socket = new Socket();
  private final BufferedReader reader;

  RawConnection(URI server) throws IOException {
    socket.setReceiveBufferSize(4_096); // A server soon blocks while nobody reads.
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  RawConnection send(String... lines) throws IOException {
    String request = String.join("\r\n", lines) + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    return this;
  }

  /** The rest of the next line that starts with a prefix; null once the server has closed. */
  String after(String prefix) throws IOException {
    String line = reader.readLine();
    while (line != null && !line.startsWith(prefix)) {
      line = reader.readLine();
    }
    return line == null ? null : line.substring(prefix.length());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
