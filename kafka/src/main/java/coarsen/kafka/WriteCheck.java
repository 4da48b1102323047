package coarsen.kafka;

import coarsen.command.CommandException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a broker whether rows could be written to a topic, without writing any. */
record WriteCheck(Admin admin, Answers answers) {
  /**
   * Whether the topic is there; otherwise it can be created.
   *
   * @throws CommandException if it can't be written or created
   */
  boolean isThere(String topic, int partitions) {
    Optional<Map<String, TopicDescription>> found =
        answers.of(
            admin
                .describeTopics(
                    List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .allTopicNames(),
            UnknownTopicOrPartitionException.class);
    if (found.isEmpty()) {
      var newTopic = new NewTopic(topic, Optional.of(partitions), Optional.empty());
      return !answers.of(
          admin
              .createTopics(List.of(newTopic), new CreateTopicsOptions().validateOnly(true))
              .all()
              .thenApply(unused -> true));
    }
    for (TopicDescription description : found.get().values()) {
      Set<AclOperation> permitted = description.authorizedOperations();
      // Brokers without an authorizer permit all; those that do not tell, null.
      if (permitted != null && !permitted.contains(AclOperation.WRITE)) {
        throw CommandException.unavailable(
            "the broker at %s does not permit to write to topic '%s', which needs the right WRITE"
                .formatted(answers.clients().bootstrapServers(), topic),
            null);
      }
    }
    return true;
  }
}
