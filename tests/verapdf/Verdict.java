import java.io.File;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Prints veraPDF's verdict on files: PASS or FAIL, and of each rule that fails how often, why and where. */
public class Verdict {
    private static final int MOST_FAILURES = 10_000;

    public static void main(String[] arguments) {
        VeraGreenfieldFoundryProvider.initialise();
        var flavour = PDFAFlavour.byFlavourId(arguments[0]);
        var failed = false;
        for (var at = 1; at < arguments.length; at++) {
            failed |= !passes(flavour, arguments[at]);
        }
        System.exit(failed ? 1 : 0);
    }

    private static boolean passes(PDFAFlavour flavour, String path) {
        var foundry = Foundries.defaultInstance();
        try (var parser = foundry.createParser(new File(path), flavour);
                var validator = foundry.createValidator(flavour, MOST_FAILURES, false, false, false)) {
            var result = validator.validate(parser);
            System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + path);
            var counts = new TreeMap<String, Integer>();
            var first = new TreeMap<String, String>();
            for (var assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    var rule = assertion.getRuleId();
                    var key = rule.getClause() + "-" + rule.getTestNumber();
                    counts.merge(key, 1, Integer::sum);
                    first.putIfAbsent(key, assertion.getMessage() + " @ " + assertion.getLocation().getContext());
                }
            }
            counts.forEach((key, count) -> System.out.println("  " + key + " x" + count + ": " + first.get(key)));
            return result.isCompliant();
        } catch (Exception error) {
            System.out.println("ERROR " + path + ": " + error);
            return false;
        }
    }
}
