package coarsen.viewer.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Says what Java's own client would not: other hosts, other methods, half a request. */
final class RawConnection implements AutoCloseable {
  private final Socket socket = new Socket();
  private final BufferedReader reader;

  RawConnection(URI server) throws IOException {
    socket.setReceiveBufferSize(4_096); // So that a server soon notices that nobody reads.
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  RawConnection send(String... lines) throws IOException {
    String request = String.join("\r\n", lines) + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(ISO_8859_1));
    return this;
  }

  /** The next line; null where the server has closed the connection. */
  String line() throws IOException {
    return reader.readLine();
  }

  /** What stands after the next line that begins so. */
  String after(String beginning) throws IOException {
    String line = line();
    while (line != null && !line.startsWith(beginning)) {
      line = line();
    }
    return line == null ? null : line.substring(beginning.length());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
