package coarsen.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {
  private static final String PROPERTY = "org.slf4j.simpleLogger.log.coarsen.command.sample";

  @AfterEach
  void forget() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void aQuietLoggerLogsErrorsOnly() {
    Logging.quiet("coarsen.command.sample");
    assertEquals("error", System.getProperty(PROPERTY));
  }
}
