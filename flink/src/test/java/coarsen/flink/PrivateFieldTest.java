package coarsen.flink;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.beam.runners.flink.FlinkDetachedRunnerResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.junit.jupiter.api.Test;

/** Fails when an upgrade of Beam or Flink changes a private field; the message has the versions. */
class PrivateFieldTest {
  @Test
  void beamAndFlinkHaveTheFieldsThatAJobIsReadFrom() {
    assertDoesNotThrow(PrivateField.JOB_CLIENT::find);
    assertDoesNotThrow(PrivateField.JOB_RESULT::find);
  }

  @Test
  void aMissingFieldIsReportedWithTheVersionsOfBeamAndFlink() {
    var renamed = new PrivateField(FlinkDetachedRunnerResult.class, "renamed", JobClient.class);
    String message = assertThrows(IllegalStateException.class, renamed::find).getMessage();
    assertTrue(
        message.matches(
            ".*FlinkDetachedRunnerResult has no field renamed of type JobClient"
                + " in Beam \\d+\\.\\d+\\.\\d+ with Flink \\d+\\.\\d+\\.\\d+"),
        message);
  }

  @Test
  void aFieldOfAnotherTypeIsReportedAsMissing() {
    var retyped = new PrivateField(MiniClusterJobClient.class, "jobResultFuture", String.class);
    assertThrows(IllegalStateException.class, retyped::find);
  }
}
