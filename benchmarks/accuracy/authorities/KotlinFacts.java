// Definitions and imports of Kotlin files as the parser of its compiler sees them: paths on standard input, an object a
// line printed. Run as it is: java -cp kotlin-compiler.jar:kotlin-stdlib.jar KotlinFacts.java

import com.intellij.openapi.util.Disposer;
import com.intellij.psi.PsiElement;
import com.intellij.psi.PsiErrorElement;
import com.intellij.psi.util.PsiTreeUtil;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.kotlin.cli.jvm.compiler.EnvironmentConfigFiles;
import org.jetbrains.kotlin.cli.jvm.compiler.KotlinCoreEnvironment;
import org.jetbrains.kotlin.cli.FrontendConfigurationKeysKt;
import org.jetbrains.kotlin.compiler.plugin.CompilerPluginRegistrar;
import org.jetbrains.kotlin.config.CompilerConfiguration;
import org.jetbrains.kotlin.config.KotlinCompilerVersion;
import org.jetbrains.kotlin.lexer.KtTokens;
import org.jetbrains.kotlin.psi.*;

public class KotlinFacts {
    private final String text;
    private final List<String> facts = new ArrayList<>();

    private KotlinFacts(String text) {
        this.text = text;
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            System.out.println("Kotlin " + KotlinCompilerVersion.VERSION);
            return;
        }
        var configuration = new CompilerConfiguration();
        FrontendConfigurationKeysKt.setExtensionsStorage(
                configuration, new CompilerPluginRegistrar.ExtensionStorage());
        var environment = KotlinCoreEnvironment.createForProduction(
                Disposer.newDisposable(), configuration, EnvironmentConfigFiles.JVM_CONFIG_FILES);
        var factory = new KtPsiFactory(environment.getProject(), false);
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var output = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (var path = input.readLine(); path != null; path = input.readLine()) {
            var text = Files.readString(Path.of(path)).replace("\r\n", "\n").replace("\uFEFF", "");
            var file = factory.createFile(Path.of(path).getFileName().toString(), text);
            var error = PsiTreeUtil.findChildOfType(file, PsiErrorElement.class);
            var reader = new KotlinFacts(text);
            if (error != null) {
                var place = "line " + reader.line(error) + ": " + error.getErrorDescription();
                output.println("{\"path\": " + quote(path) + ", \"error\": " + quote(place) + "}");
                continue;
            }
            reader.read(file);
            output.println("{\"path\": " + quote(path) + ", \"facts\": [" + String.join(", ", reader.facts) + "]}");
        }
        output.flush();
    }

    private void read(KtFile file) {
        var directive = file.getPackageDirective();
        if (directive != null && directive.getPackageNameExpression() != null) {
            fact("definition", directive.getFqName().asString(), "package", directive.getPackageNameExpression());
        }
        for (var each : file.getImportDirectives()) {
            var name = each.getImportedFqName() + (each.isAllUnder() ? ".*" : "");
            fact("import", each.getAliasName() == null ? name : name + " as " + each.getAliasName(), "import", each);
        }
        walk(file, "");
    }

    private void walk(PsiElement element, String scope) {
        for (var child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            walk(child, child instanceof KtNamedDeclaration named ? define(named, scope) : scope);
        }
    }

    /** Note a definition, and return the scope of what is inside. */
    private String define(KtNamedDeclaration node, String scope) {
        var kind = kindOf(node);
        var name = node instanceof KtSecondaryConstructor ? "constructor" : node.getName();
        if (kind == null || name == null) {
            return scope;
        }
        var place = node.getNameIdentifier();
        if (node instanceof KtSecondaryConstructor constructor) {
            place = constructor.getConstructorKeyword();
        } else if (node instanceof KtObjectDeclaration object && place == null) {
            place = object.getObjectKeyword();
        }
        var qualified = scope.isEmpty() ? name : scope + "." + name;
        fact("definition", qualified, kind, place);
        return qualified;
    }

    private static String kindOf(KtNamedDeclaration node) {
        var isMember = node.getParent() instanceof KtClassBody;
        if (node instanceof KtEnumEntry) {
            return "enum entry";
        } else if (node instanceof KtClass type) {
            return type.isInterface() ? "interface" : type.isEnum() ? "enum class"
                    : type.isAnnotation() ? "annotation class" : "class";
        } else if (node instanceof KtObjectDeclaration object) {
            return object.isObjectLiteral() ? null : object.isCompanion() ? "companion object" : "object";
        } else if (node instanceof KtNamedFunction) {
            return isMember ? "method" : "function";
        } else if (node instanceof KtSecondaryConstructor) {
            return "constructor";
        } else if (node instanceof KtProperty || node instanceof KtDestructuringDeclarationEntry) {
            var owner = node instanceof KtProperty ? node.getParent() : node.getParent().getParent();
            var isLoose = owner instanceof KtFile || owner.getParent() instanceof KtScript;
            return !isMember && !isLoose ? null : node.hasModifier(KtTokens.CONST_KEYWORD) ? "constant" : "property";
        } else if (node instanceof KtParameter parameter) {
            return parameter.hasValOrVar() ? "property" : null;
        }
        return node instanceof KtTypeAlias ? "typealias" : null;
    }

    private void fact(String type, String name, String kind, PsiElement place) {
        facts.add("[" + quote(type) + ", " + quote(name) + ", " + quote(kind) + ", " + line(place) + "]");
    }

    private int line(PsiElement place) {
        return 1 + (int) text.substring(0, place.getTextRange().getStartOffset()).chars().filter(c -> c == '\n').count();
    }

    private static String quote(String text) {
        var made = new StringBuilder("\"");
        for (var sign : text.toCharArray()) {
            if (sign == '"' || sign == '\\') {
                made.append('\\').append(sign);
            } else if (sign < ' ') {
                made.append(String.format("\\u%04x", (int) sign));
            } else {
                made.append(sign);
            }
        }
        return made.append('"').toString();
    }
}
