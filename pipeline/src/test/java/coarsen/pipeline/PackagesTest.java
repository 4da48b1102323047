package coarsen.pipeline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;

/** The rules of docs/architecture.md for the pipeline. */
@AnalyzeClasses(packages = "coarsen.pipeline", importOptions = DoNotIncludeTests.class)
class PackagesTest {
  private static final String ROOT = "coarsen.pipeline";

  @ArchTest
  static final ArchRule THERE_ARE_NO_CYCLES =
      slices().matching("coarsen.pipeline.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule STEPS_DO_NOT_KNOW_EACH_OTHER =
      slices().matching("coarsen.pipeline.(read|reduce|write)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule STEPS_DO_NOT_KNOW_THE_MAIN_CLASSES =
      noClasses()
          .that()
          .resideInAnyPackage("coarsen.pipeline.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT);

  @ArchTest
  static final ArchRule EVENT_TIME_BELONGS_TO_NO_STEP =
      noClasses()
          .that()
          .resideInAPackage("coarsen.pipeline.time")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT,
              "coarsen.pipeline.read",
              "coarsen.pipeline.reduce",
              "coarsen.pipeline.write",
              "coarsen.pipeline.format");

  @ArchTest
  static final ArchRule FORMATS_KNOW_NEITHER_KAFKA_NOR_BEAM =
      noClasses()
          .that()
          .resideInAPackage("coarsen.pipeline.format")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", "coarsen.kafka..", "coarsen.pipeline.read");

  @ArchTest
  static final ArchRule NO_CLASS_KNOWS_BOTH_SERIES_AND_KAFKA =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(".*\\.(Series|SeriesColumn|SeriesTable|KnownSeries)")
          .andShould()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule CLIENTS_OF_KAFKA_ARE_MADE_IN_ONE_PLACE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "org\\.apache\\.kafka\\.clients\\.(consumer\\.KafkaConsumer|producer\\.KafkaProducer)");

  /** What a run shares in a JVM hangs on its scope, which is opened and closed in one place. */
  @ArchTest
  static final ArchRule NO_STEP_HAS_A_STATIC_REGISTRY =
      noFields()
          .that()
          .areStatic()
          .and()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(
              "coarsen.pipeline.batch",
              "coarsen.pipeline.read",
              "coarsen.pipeline.reduce",
              "coarsen.pipeline.status",
              "coarsen.pipeline.time",
              "coarsen.pipeline.write")
          .should()
          .haveRawType(assignableTo(Map.class));
}
