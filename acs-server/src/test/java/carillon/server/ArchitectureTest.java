package carillon.server;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;

/** Which way the doors open: the modules' chain, who may know what, and that no packages form a cycle. */
@AnalyzeClasses(packages = "carillon", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final int MOST_PARAMETERS = 6;

    @ArchTest
    static final ArchRule the_model_knows_nobody = noClasses()
            .that()
            .resideInAPackage("carillon.cwmp..")
            .should()
            .dependOnClassesThat(ours().and(DescribedPredicate.not(resideInAPackage("carillon.cwmp.."))));

    @ArchTest
    static final ArchRule the_database_knows_the_model_alone = noClasses()
            .that()
            .resideInAPackage("carillon.db..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("carillon.rpc..", "carillon.server..", "carillon.phones..");

    @ArchTest
    static final ArchRule decisions_know_neither_server_nor_phones = noClasses()
            .that()
            .resideInAPackage("carillon.rpc..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("carillon.server..", "carillon.phones..");

    @ArchTest
    static final ArchRule phones_know_the_model_alone = noClasses()
            .that()
            .resideInAPackage("carillon.phones..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("carillon.db..", "carillon.rpc..", "carillon.server..");

    @ArchTest
    static final ArchRule packages_form_no_cycle =
            slices().matching("carillon.(**)").should().beFreeOfCycles();

    /** Clockwork hands the database's connections to Quartz, whose interface names the type. */
    @ArchTest
    static final ArchRule sql_stays_in_the_database = noClasses()
            .that()
            .resideOutsideOfPackage("carillon.db..")
            .and(DescribedPredicate.not(named("carillon.server.schedule.Clockwork")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    @ArchTest
    static final ArchRule xml_stays_in_the_codec_and_in_profiles = noClasses()
            .that()
            .resideOutsideOfPackages("carillon.cwmp.codec..", "carillon.cwmp.flatprofile..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "javax.xml..",
                    "org.w3c.dom..",
                    "org.xml.sax..",
                    "jakarta.xml.soap..",
                    "com.sun.xml..",
                    "com.fasterxml.aalto..",
                    "com.ctc.wstx..",
                    "org.codehaus.stax2..");

    @ArchTest
    static final ArchRule jetty_stays_outside = noClasses()
            .that()
            .resideOutsideOfPackage("carillon.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.eclipse.jetty..");

    @ArchTest
    static final ArchRule quartz_stays_in_the_clockwork = noClasses()
            .that()
            .resideOutsideOfPackage("carillon.server.schedule..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.quartz..");

    @ArchTest
    static final ArchRule model_and_decisions_read_no_clock = noClasses()
            .that()
            .resideInAnyPackage("carillon.cwmp..", "carillon.rpc..")
            .should(callMethod(Instant.class, "now")
                    .or(callMethod(System.class, "currentTimeMillis"))
                    .or(callMethod(System.class, "nanoTime")));

    @ArchTest
    static final ArchRule names_say_something = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule constructors_are_short = classes()
            .that(DescribedPredicate.describe(
                    "are neither records nor enums", type -> !type.isRecord() && !type.isEnum()))
            .should(haveShortConstructors());

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage("carillon..");
    }

    private static DescribedPredicate<JavaClass> named(String outermost) {
        return DescribedPredicate.describe(
                "are part of " + outermost,
                type -> type.getName().equals(outermost) || type.getName().startsWith(outermost + "$"));
    }

    private static ArchCondition<JavaClass> haveShortConstructors() {
        return new ArchCondition<>("have constructors of at most " + MOST_PARAMETERS + " parameters") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaConstructor constructor : type.getConstructors()) {
                    int parameters = constructor.getParameters().size();
                    if (parameters > MOST_PARAMETERS) {
                        events.add(SimpleConditionEvent.violated(
                                constructor, constructor.getFullName() + " has " + parameters + " parameters"));
                    }
                }
            }
        };
    }
}
