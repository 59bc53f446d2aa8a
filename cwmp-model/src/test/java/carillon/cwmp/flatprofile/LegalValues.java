package carillon.cwmp.flatprofile;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values that a type of keys takes, some at the edges and some at random. */
final class LegalValues {
    private static final String LETTERS = "abcXYZ0189 .-_:/@$*#(){}|;=+%é";

    private final Random random = new Random(20261124);

    List<String> of(KeyType type) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String value = one(type, i);
            if (type.accepts(value)) {
                values.add(value);
            }
        }
        return values;
    }

    private String one(KeyType type, int i) {
        if (type instanceof KeyType.Bool) {
            return i % 2 == 0 ? "Yes" : "No";
        }
        if (type instanceof KeyType.Choice choice) {
            return choice.values().get(i % choice.values().size());
        }
        if (type instanceof KeyType.Words words) {
            return words.values().get(i % words.values().size());
        }
        if (type instanceof KeyType.Whole whole) {
            long span = whole.most() - whole.least();
            return String.valueOf(
                    i == 0
                            ? whole.least()
                            : i == 1 ? whole.most() : whole.least() + Math.floorMod(random.nextLong(), span + 1));
        }
        if (type instanceof KeyType.HexByte) {
            return String.format("0x%02x", i * 4);
        }
        if (type instanceof KeyType.Real real) {
            return KeyTypes.decimal(BigDecimal.valueOf(random.nextInt(100_000), i % 3 == 0 ? 0 : real.places()));
        }
        if (type instanceof KeyType.Formed formed) {
            return formed(formed.form(), i);
        }
        return text(i % 40);
    }

    private String formed(Form form, int i) {
        return switch (form) {
            case IP -> "10.0." + i + ".1";
            case FQDN -> i % 2 == 0 ? "pbx" + i + ".example.com" : "pbx.example.com:" + (2000 + i);
            case PORT -> String.valueOf(i * 1000);
            case USERID, RULE -> text(i % 30);
            case PHONE, PHTMPLT -> "14085550" + i + "*";
            case RSCTMPLT -> "40" + i % 10 + ", 5*";
            case STARCODE -> "*" + i;
            case DIALPLAN -> "(" + i + "xx.|<:0>[2-9]xxS0)";
            case DELAYS -> i + "," + i * 2;
            case HHMM -> String.format("%02d%02d", i % 24, i);
            case KEYFUNCTION -> "fnc=sd+blf;sub=" + i + "@$PROXY;nme=N " + i;
            case CADENCE -> i + "(2/4)";
            case FREQUENCIES -> (300 + i) + "@-19";
            case TONE -> (300 + i) + "@-19,440@-19;" + i + "(*/0/1+2)";
        };
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder("x");
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.append('x').toString();
    }
}
