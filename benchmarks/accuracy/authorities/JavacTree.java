// Prints the definitions and imports that the parser of javac finds, one JSON object a file.
//
// Paths come from standard input, one a line. An anonymous class lends no name to its members: they belong to the field,
// constant or method around it. Local variables are no definitions.

import com.sun.source.tree.*;
import com.sun.source.util.*;
import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.tree.JCTree;

import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import javax.tools.*;

public class JavacTree {
    /** One file. */
    static class Reader extends TreeScanner<Void, String> {
        final CompilationUnitTree unit;
        final String text;
        final SourcePositions positions;
        final StringJoiner facts = new StringJoiner(",", "[", "]");

        Reader(CompilationUnitTree unit, SourcePositions positions) throws IOException {
            this.unit = unit;
            this.text = unit.getSourceFile().getCharContent(true).toString();
            this.positions = positions;
        }

        long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }

        /** Where a name stands at or after a position, for javac has the position of the word before it. */
        long find(String name, long position) {
            int at = (int) position;
            while (!text.startsWith(name, at) || Character.isJavaIdentifierPart(text.charAt(at + name.length()))) {
                if (text.startsWith("//", at)) {
                    at = text.indexOf('\n', at);
                } else if (text.startsWith("/*", at)) {
                    at = text.indexOf("*/", at + 2) + 2;
                } else {
                    boolean isWord = Character.isJavaIdentifierPart(text.charAt(at));
                    for (at++; isWord && Character.isJavaIdentifierPart(text.charAt(at)); at++) {}
                }
            }
            return at;
        }

        String define(String scope, String name, String kind, long position) {
            String full = scope.isEmpty() ? name : scope + "." + name;
            fact("definition", full, kind, position);
            return full;
        }

        void fact(String type, String name, String kind, long position) {
            facts.add("[" + quote(type) + "," + quote(name) + "," + quote(kind) + "," + line(position) + "]");
        }

        @Override
        public Void visitPackage(PackageTree tree, String scope) {
            ExpressionTree name = tree.getPackageName();
            define("", name.toString(), "package", positions.getStartPosition(unit, name));
            return null;
        }

        @Override
        public Void visitModule(ModuleTree tree, String scope) {
            ExpressionTree name = tree.getName();
            define("", name.toString(), "module", positions.getStartPosition(unit, name));
            return super.visitModule(tree, scope);
        }

        @Override
        public Void visitImport(ImportTree tree, String scope) {
            String kind = tree.isStatic() ? "import static" : "import";
            fact("import", tree.getQualifiedIdentifier().toString(), kind, positions.getStartPosition(unit, tree));
            return null;
        }

        @Override
        public Void visitClass(ClassTree tree, String scope) {
            String inner = scope;
            if (!tree.getSimpleName().isEmpty()) {
                String kind = switch (tree.getKind()) {
                    case INTERFACE -> "interface";
                    case ENUM -> "enum";
                    case RECORD -> "record";
                    case ANNOTATION_TYPE -> "annotation";
                    default -> "class";
                };
                String name = tree.getSimpleName().toString();
                inner = define(scope, name, kind, find(name, ((JCTree) tree).pos));
            }
            scan(tree.getModifiers(), inner);
            for (Tree member : tree.getMembers()) {
                if (member instanceof VariableTree field) {
                    visitField(field, inner);
                } else {
                    scan(member, inner);
                }
            }
            return null;
        }

        void visitField(VariableTree tree, String scope) {
            long flags = ((JCTree.JCVariableDecl) tree).mods.flags;
            String kind = (flags & Flags.ENUM) != 0 ? "constant" : (flags & Flags.RECORD) != 0 ? "component" : "field";
            String name = tree.getName().toString();
            long position = ((JCTree) tree).pos;
            if (!tree.getModifiers().getAnnotations().isEmpty()) {
                position = Math.max(position, positions.getEndPosition(unit, tree.getModifiers()));
            }
            scan(tree.getInitializer(), define(scope, name, kind, find(name, position)));
        }

        @Override
        public Void visitMethod(MethodTree tree, String scope) {
            String name = tree.getName().toString();
            String kind = "method";
            if (name.equals("<init>")) {
                name = scope.substring(scope.lastIndexOf('.') + 1);
                kind = "constructor";
            }
            return super.visitMethod(tree, define(scope, name, kind, ((JCTree) tree).pos));
        }
    }

    static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    static String read(JavaCompiler compiler, StandardJavaFileManager manager, String path) throws IOException {
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        JavacTask task = (JavacTask)
                compiler.getTask(null, manager, problems, List.of("-proc:none"), null, manager.getJavaFileObjects(path));
        CompilationUnitTree unit = task.parse().iterator().next();
        for (Diagnostic<?> problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR) {
                String message = problem.getMessage(Locale.ROOT);
                return "{\"path\":" + quote(path) + ",\"error\":" + quote(message) + "}";
            }
        }
        Reader reader = new Reader(unit, Trees.instance(task).getSourcePositions());
        reader.scan(unit, "");
        return "{\"path\":" + quote(path) + ",\"facts\":" + reader.facts + "}";
    }

    public static void main(String[] arguments) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        BufferedReader paths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String path = paths.readLine(); path != null; path = paths.readLine()) {
            output.println(read(compiler, manager, path));
        }
        output.flush();
    }
}
