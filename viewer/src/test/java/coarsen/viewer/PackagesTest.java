package coarsen.viewer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may know which: model, then plot, then window and web, then the commands. */
@AnalyzeClasses(packages = "coarsen.viewer", importOptions = DoNotIncludeTests.class)
class PackagesTest {
  private static final String MODEL = "coarsen.viewer.model..";
  private static final String PLOT = "coarsen.viewer.plot..";
  private static final String WINDOW = "coarsen.viewer.window..";
  private static final String WEB = "coarsen.viewer.web..";
  private static final String VERIFY = "coarsen.viewer.verify..";

  @ArchTest static final ArchRule MODEL_KNOWS_NO_DRAWING = independent(MODEL, PLOT, WINDOW, WEB);

  @ArchTest static final ArchRule PLOT_KNOWS_NO_USER_INTERFACE = independent(PLOT, WINDOW, WEB);

  @ArchTest static final ArchRule WINDOW_DOES_NOT_KNOW_WEB = independent(WINDOW, WEB);

  @ArchTest static final ArchRule WEB_DOES_NOT_KNOW_WINDOW = independent(WEB, WINDOW);

  @ArchTest
  static final ArchRule PACKAGES_DO_NOT_KNOW_THE_COMMANDS =
      noClasses()
          .that()
          .resideInAnyPackage(MODEL, PLOT, WINDOW, WEB, VERIFY)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("coarsen.viewer");

  @ArchTest
  static final ArchRule VERIFY_KNOWS_ONLY_THE_RECORDS =
      noClasses()
          .that()
          .resideInAPackage(VERIFY)
          .should()
          .dependOnClassesThat(
              resideInAPackage("coarsen..")
                  .and(DescribedPredicate.not(resideInAnyPackage("coarsen.records", VERIFY))));

  private static ArchRule independent(String independent, String... others) {
    return noClasses()
        .that()
        .resideInAPackage(independent)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others);
  }
}
