package coarsen.pipeline;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** The rules of docs/architecture.md. */
@AnalyzeClasses(packages = "coarsen.pipeline", importOptions = DoNotIncludeTests.class)
class PackagesTest {
  @ArchTest
  static final ArchRule STEPS_DO_NOT_KNOW_EACH_OTHER =
      slices().matching("coarsen.pipeline.(read|reduce|write)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule STEPS_DO_NOT_KNOW_THE_MAIN_CLASS =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAnyPackage("coarsen.pipeline.*..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("coarsen.pipeline");
}
