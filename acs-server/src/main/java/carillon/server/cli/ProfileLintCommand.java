package carillon.server.cli;

import carillon.cwmp.flatprofile.PhoneState;
import carillon.cwmp.flatprofile.ProfileRequest;
import carillon.cwmp.flatprofile.ProfileRule;
import carillon.cwmp.flatprofile.RetryDelays;
import carillon.cwmp.flatprofile.RuleDecision;
import carillon.cwmp.flatprofile.RuleLint;
import carillon.cwmp.flatprofile.RuleLint.Finding;
import carillon.cwmp.flatprofile.RuleSyntaxException;
import carillon.cwmp.flatprofile.UpgradeRule;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carillon profile lint}: what is wrong in a rule, and what a phone would do with it. */
@Command(
        name = "lint",
        description =
                "Says what is wrong or doubtful in a Profile_Rule or Upgrade_Rule, and what a phone does with it.",
        mixinStandardHelpOptions = true)
final class ProfileLintCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Source source;

    @Option(names = "--upgrade", description = "It is an Upgrade_Rule.")
    private boolean upgrade;

    @Option(names = "--delays", description = "It is a list of delays, as in Resync_Error_Retry_Delay.")
    private boolean delays;

    @Option(
            names = "--state",
            paramLabel = "NAME=VALUE",
            description = "What the phone's macros are, such as PN=CP-8841-3PCC, MA=00562b043615, SWVER=…, A=…; may be"
                    + " given several times.")
    private @Nullable Map<String, String> state;

    @Option(
            names = "--server",
            paramLabel = "HOST",
            defaultValue = "",
            description = "The server that the phone has from DHCP option 66.")
    @SuppressWarnings("NullAway.Init")
    private String server;

    private static final class Source {
        @Parameters(paramLabel = "RULE", description = "The rule.")
        private @Nullable String rule;

        @Option(names = "--file", paramLabel = "FILE", description = "A file that holds it; - is the standard input.")
        private @Nullable String file;

        String text() {
            String given = rule;
            return given != null
                    ? given
                    : new String(OctetFiles.read(String.valueOf(file)), StandardCharsets.UTF_8).strip();
        }
    }

    @Override
    public Integer call() {
        String rule = source.text();
        List<Finding> findings = findings(rule);
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(finding -> print(out, rule, finding));
        boolean wrong = findings.stream().anyMatch(Finding::error);
        if (state != null || !server.isEmpty()) {
            wrong |= !simulate(out, rule);
        } else if (findings.isEmpty()) {
            out.println("nothing is wrong");
        }
        out.flush();
        return wrong ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private List<Finding> findings(String rule) {
        if (!delays) {
            return upgrade ? RuleLint.ofUpgradeRule(rule) : RuleLint.ofProfileRule(rule);
        }
        List<Finding> findings = new ArrayList<>();
        try {
            RetryDelays.parse(rule).steps().stream()
                    .filter(step -> step.seconds() > 0 && step.seconds() < 60)
                    .findFirst()
                    .ifPresent(step -> findings.add(new Finding(
                            false, 0, "less than 60 seconds lets phones crowd a server that is in trouble")));
        } catch (RuleSyntaxException wrong) {
            findings.add(new Finding(true, wrong.position(), String.valueOf(wrong.getMessage())));
        }
        return findings;
    }

    private static void print(PrintWriter out, String rule, Finding finding) {
        out.println((finding.error() ? "error" : "doubt") + " at character " + (finding.position() + 1) + ": "
                + finding.text());
        out.println("  " + rule.replaceAll("\\s", " "));
        out.println("  " + " ".repeat(Math.max(0, finding.position())) + "^");
    }

    private boolean simulate(PrintWriter out, String rule) {
        try {
            PhoneState phone = new PhoneState(Map.of(), Map.of(), server);
            for (Map.Entry<String, String> macro :
                    state == null ? List.<Map.Entry<String, String>>of() : state.entrySet()) {
                phone = phone.with(macro.getKey(), macro.getValue());
            }
            RuleDecision decision = upgrade
                    ? UpgradeRule.parse(rule).evaluate(phone)
                    : ProfileRule.parse(rule).evaluate(phone);
            if (decision.alternative() == 0) {
                out.println("this phone skips the rule: no condition is true");
                return true;
            }
            out.println("this phone takes alternative " + decision.alternative());
            decision.assignments().forEach((key, value) -> out.println("  sets " + key + " to \"" + value + "\""));
            decision.request().ifPresent(request -> print(out, request));
            return true;
        } catch (RuleSyntaxException wrong) {
            out.println("this phone cannot use the rule: " + wrong.getMessage());
            return false;
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(spec.commandLine(), "carillon: " + wrong.getMessage(), wrong);
        }
    }

    private static void print(PrintWriter out, ProfileRequest request) {
        out.println("  " + request.method() + " " + request.url() + (request.srv() ? " (host by DNS SRV)" : ""));
        request.body().ifPresent(body -> out.println("  with the body " + body));
        request.uid().ifPresent(uid -> out.println("  as the user " + uid));
        request.pwd().ifPresent(pwd -> out.println("  with a password"));
        request.key().ifPresent(key -> out.println("  decrypts with a key"));
        request.alias().ifPresent(letter -> out.println("  renames elements by GPP_" + letter));
    }
}
