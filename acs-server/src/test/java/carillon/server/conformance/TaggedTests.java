package carillon.server.conformance;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The tags of the form CWMP-nnn in the tests of all modules, read from their sources: class files may be left over
 * from a test that is gone, or missing where one module alone was built.
 */
record TaggedTests(SortedMap<String, SortedSet<String>> byNumber, List<String> misplaced) {
    private static final String PREFIX = "CWMP-";
    private static final Set<String> TESTS = Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory");

    /** All tags in the test sources of every module of this checkout. */
    static TaggedTests read(Path checkout) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(checkout)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(tests)) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        TaggedTests found = new TaggedTests(new TreeMap<>(), new ArrayList<>());
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "runs on a JDK");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(found.new Reader(), null);
            }
        }
        return found;
    }

    private final class Reader extends TreeScanner<Void, Void> {
        private final List<ClassTree> classes = new ArrayList<>();

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            classes.add(type);
            for (String number : numbers(type.getModifiers())) {
                show(number, path(), runs());
            }
            super.visitClass(type, nothing);
            classes.remove(classes.size() - 1);
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            for (String number : numbers(method.getModifiers())) {
                boolean test = method.getModifiers().getAnnotations().stream()
                        .anyMatch(annotation -> TESTS.contains(name(annotation)));
                show(number, path() + ": " + sentence(method), test && runs());
            }
            return null;
        }

        private void show(String number, String test, boolean runs) {
            byNumber.computeIfAbsent(number, none -> new TreeSet<>()).add(test);
            if (!runs) {
                misplaced.add(number + " is on " + test + ", which is no test that a build runs");
            }
        }

        private String path() {
            return String.join(
                    ".",
                    classes.stream()
                            .map(type -> type.getSimpleName().toString())
                            .toList());
        }

        /** A class that the build runs as a test by its name, or one whose heirs it runs. */
        private boolean runs() {
            String outermost = classes.get(0).getSimpleName().toString();
            return outermost.endsWith("Test")
                    || outermost.endsWith("IT")
                    || classes.get(0).getModifiers().getFlags().contains(Modifier.ABSTRACT);
        }

        private static String sentence(MethodTree method) {
            return method.getName().toString().replace('_', ' ').trim();
        }

        private static List<String> numbers(ModifiersTree modifiers) {
            List<String> numbers = new ArrayList<>();
            modifiers.accept(
                    new TreeScanner<Void, Void>() {
                        @Override
                        public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
                            if (name(annotation).equals("Tag")) {
                                ExpressionTree value = annotation.getArguments().get(0);
                                if (value instanceof AssignmentTree assigned) {
                                    value = assigned.getExpression();
                                }
                                if (value instanceof LiteralTree literal
                                        && literal.getValue() instanceof String text
                                        && text.startsWith(PREFIX)) {
                                    numbers.add(text);
                                }
                            }
                            return super.visitAnnotation(annotation, nothing);
                        }
                    },
                    null);
            return numbers;
        }

        private static String name(AnnotationTree annotation) {
            String name = annotation.getAnnotationType().toString();
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }
}
