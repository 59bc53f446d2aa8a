package carillon.cwmp.flatprofile;

import carillon.cwmp.ParameterType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads mappings of one line each: a path, a key (or {@code -}), then words in any order: the parameter's type (with
 * {@code ?} where it is not documented), {@code max(256)}, {@code read-only}, a conversion, {@code exact},
 * {@code lossy}, {@code write-only} or {@code none}, {@code seen}, {@code inferred} or {@code site}, {@code adapter};
 * and the reason after {@code #}.
 */
public final class MappingLines {
    private static final int LONGEST = 1024;
    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.\\-]*(\\{[nuk]}[A-Za-z0-9_.\\-]*)*");
    private static final Pattern MAX = Pattern.compile("max\\((\\d{1,6})\\)");
    private static final Pattern PAIR = Pattern.compile("(\"[^\"]*\"|[^\",=]+)=(\"[^\"]*\"|[^\",=]+)");

    private MappingLines() {}

    /** The mapping that the line says; where it says nothing, it is an exact one of a text, by whom is given. */
    public static Mapping parse(String line, Evidence standard) {
        if (line.length() > LONGEST) {
            throw wrong("it is longer than " + LONGEST + " characters", line);
        }
        int remark = line.indexOf(" #");
        String reason = remark < 0 ? "" : line.substring(remark + 2).strip();
        List<String> words = words(remark < 0 ? line : line.substring(0, remark));
        if (words.size() < 2) {
            throw wrong("it needs a path and a key", line);
        }
        Draft draft = new Draft(line, standard);
        words.subList(2, words.size()).forEach(draft::take);
        PathPattern path = new PathPattern(words.get(0));
        String key = words.get(1).equals("-") ? "" : words.get(1);
        if (!key.isEmpty() && !KEY.matcher(key).matches()) {
            throw wrong("'" + key + "' is no key; one looks like Proxy_{n}_", line);
        }
        places(path, key, line);
        return draft.mapping(path, key, reason);
    }

    /** Numbers of the key have to come from the path. */
    private static void places(PathPattern path, String key, String line) {
        if (key.isEmpty()) {
            return;
        }
        boolean extension = path.has('p') || path.has('l');
        if (key.contains("{n}") && !path.has('n') && !extension) {
            throw wrong("the key's {n} comes from nowhere: the path has neither {n} nor {p} nor {l}", line);
        }
        for (char place : List.of('u', 'k')) {
            if (key.contains("{" + place + "}") != path.has(place)) {
                throw wrong("{" + place + "} stands on one side alone", line);
            }
        }
        if (path.has('n') && !key.contains("{n}")) {
            throw wrong("{n} stands on one side alone", line);
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (Character.isWhitespace(c) && depth <= 0) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                }
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    private static IllegalArgumentException wrong(String what, String line) {
        String shown = line.length() > 120 ? line.substring(0, 120) + "…" : line;
        return new IllegalArgumentException("the mapping '" + shown + "': " + what);
    }

    /** A mapping of which not all is known yet. */
    private static final class Draft {
        private final String line;
        private Optional<ParameterType> type = Optional.empty();
        private boolean certain = true;
        private int longest;
        private boolean writable = true;
        private Optional<Conversion> conversion = Optional.empty();
        private Optional<Fidelity> fidelity = Optional.empty();
        private Evidence evidence;
        private boolean adapter;

        Draft(String line, Evidence standard) {
            this.line = line;
            this.evidence = standard;
        }

        void take(String word) {
            Matcher max = MAX.matcher(word);
            if (max.matches()) {
                longest = Integer.parseInt(max.group(1));
            } else if (word.equals("read-only")) {
                writable = false;
            } else if (word.equals("adapter")) {
                adapter = true;
            } else if (!type(word) && !mark(word) && !converts(word)) {
                throw wrong(
                        "'" + word + "' is no type, conversion or mark; conversions are "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Conversion.Named.values())
                                                .map(Conversion::text)
                                                .toList())
                                + " and choice(A=a,B=b)",
                        line);
            }
        }

        Mapping mapping(PathPattern path, String key, String reason) {
            ParameterType known = type.orElse(ParameterType.STRING);
            Conversion how =
                    conversion.orElse(known == ParameterType.BOOLEAN ? Conversion.Named.YES_NO : Conversion.Named.SAME);
            Fidelity much = fidelity.orElse(key.isEmpty() ? Fidelity.NONE : Fidelity.EXACT);
            try {
                return new Mapping(path, key, known, certain, longest, writable, how, much, reason, evidence, adapter);
            } catch (IllegalArgumentException incomplete) {
                throw wrong(String.valueOf(incomplete.getMessage()), line);
            }
        }

        private boolean type(String word) {
            String name = word.endsWith("?") ? word.substring(0, word.length() - 1) : word;
            for (ParameterType candidate : ParameterType.values()) {
                if (candidate.localName().equals(name)) {
                    type = Optional.of(candidate);
                    certain = !word.endsWith("?");
                    return true;
                }
            }
            return false;
        }

        private boolean mark(String word) {
            for (Fidelity candidate : Fidelity.values()) {
                if (candidate.text().equals(word)) {
                    fidelity = Optional.of(candidate);
                    return true;
                }
            }
            for (Evidence candidate : Evidence.values()) {
                if (candidate.text().equals(word.toLowerCase(Locale.ROOT))) {
                    evidence = candidate;
                    return true;
                }
            }
            return false;
        }

        private boolean converts(String word) {
            if (word.startsWith("choice(") && word.endsWith(")")) {
                conversion = Optional.of(new Conversion.Choices(pairs(word.substring(7, word.length() - 1))));
                return true;
            }
            Optional<Conversion> named = Conversion.Named.of(word);
            named.ifPresent(found -> conversion = Optional.of(found));
            return named.isPresent();
        }

        private Map<String, String> pairs(String text) {
            Map<String, String> pairs = new LinkedHashMap<>();
            Matcher pair = PAIR.matcher(text);
            int end = 0;
            while (pair.find() && pair.start() == end) {
                pairs.put(plain(pair.group(1)), plain(pair.group(2)));
                end = Math.min(pair.end() + 1, text.length());
            }
            if (pairs.isEmpty() || end != text.length()) {
                throw wrong(
                        "choice(" + text + ") has to be pairs such as choice(Static=\"Static IP\",DHCP=DHCP)", line);
            }
            return pairs;
        }

        private static String plain(String text) {
            return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text.strip();
        }
    }
}
