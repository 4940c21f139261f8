// Definitions and imports of C# files as Roslyn's parser sees them: paths on standard input, an object a line printed.
//
// Each file is read with no symbol of its `#if` defined, with all of them, with each alone and with all but each, and what
// any of these readings has counts: like this package, that way no branch is left out.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

static class Program
{
    const int MostSymbols = 60;

    static void Main(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            Console.WriteLine("Roslyn " + typeof(CSharpSyntaxTree).Assembly.GetName().Version.ToString(3));
            return;
        }
        var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));
        string path;
        while ((path = Console.In.ReadLine()) != null) output.WriteLine(Read(path));
        output.Flush();
    }

    static string Read(string path)
    {
        var text = File.ReadAllText(path);
        var facts = new Dictionary<string, int>();
        var error = "";
        var readable = false;
        foreach (var symbols in Variants(text))
        {
            var options = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Regular, symbols);
            var tree = CSharpSyntaxTree.ParseText(SourceText.From(text), options);
            var wrong = tree.GetDiagnostics().FirstOrDefault(each => each.Severity == DiagnosticSeverity.Error && each.Id != "CS1029");
            if (wrong != null) { error = wrong.ToString(); continue; }
            readable = true;
            var walk = new Walk();
            walk.Visit(tree.GetRoot());
            foreach (var group in walk.Facts.GroupBy(each => each))
            {
                int count;
                facts.TryGetValue(group.Key, out count);
                facts[group.Key] = Math.Max(count, group.Count());
            }
        }
        if (!readable) return "{\"path\": " + Walk.Quote(path) + ", \"error\": " + Walk.Quote(error) + "}";
        var all = facts.SelectMany(pair => Enumerable.Repeat(pair.Key, pair.Value));
        return "{\"path\": " + Walk.Quote(path) + ", \"facts\": [" + string.Join(", ", all) + "]}";
    }

    static IEnumerable<string[]> Variants(string text)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Match line in Regex.Matches(text, @"^[ \t]*#[ \t]*(?:if|elif)\b([^\r\n/]*)", RegexOptions.Multiline))
            foreach (Match name in Regex.Matches(line.Groups[1].Value, @"\w+")) names.Add(name.Value);
        names.Remove("true");
        names.Remove("false");
        yield return new string[0];
        if (names.Count == 0) yield break;
        yield return names.ToArray();
        foreach (var name in names.Take(MostSymbols))
        {
            yield return new[] { name };
            yield return names.Where(each => each != name).ToArray();
        }
    }
}

class Walk : CSharpSyntaxWalker
{
    public readonly List<string> Facts = new List<string>();
    string scope = "";

    public static string Quote(string text)
    {
        var made = new StringBuilder("\"");
        foreach (var sign in text)
        {
            if (sign == '"' || sign == '\\') made.Append('\\').Append(sign);
            else if (sign < ' ') made.AppendFormat("\\u{0:x4}", (int)sign);
            else made.Append(sign);
        }
        return made.Append('"').ToString();
    }

    static int Line(SyntaxNodeOrToken place)
    {
        return place.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
    }

    void Fact(string type, string name, string kind, int line)
    {
        Facts.Add("[" + Quote(type) + ", " + Quote(name) + ", " + Quote(kind) + ", " + line + "]");
    }

    string Define(string name, string kind, SyntaxNodeOrToken place)
    {
        var qualified = scope == "" ? name : scope + "." + name;
        Fact("definition", qualified, kind, Line(place));
        return qualified;
    }

    void Within(string name, string kind, SyntaxNodeOrToken place, Action visit)
    {
        var around = scope;
        scope = Define(name, kind, place);
        visit();
        scope = around;
    }

    static string Plain(SyntaxNode node)
    {
        return string.Concat(node.DescendantTokens().Select(each => each.Text));
    }

    public override void VisitUsingDirective(UsingDirectiveSyntax node)
    {
        var form = (node.GlobalKeyword.IsKind(SyntaxKind.None) ? "" : "global ") + "using"
            + (node.StaticKeyword.IsKind(SyntaxKind.None) ? "" : " static");
        var alias = node.Alias == null ? "" : " as " + node.Alias.Name.Identifier.ValueText;
        Fact("import", Plain(node.Name) + alias, form, Line(node));
    }

    public override void VisitExternAliasDirective(ExternAliasDirectiveSyntax node)
    {
        Fact("import", node.Identifier.ValueText, "extern alias", Line(node));
    }

    public override void VisitNamespaceDeclaration(NamespaceDeclarationSyntax node)
    {
        Within(Plain(node.Name), "namespace", node.Name, () => base.VisitNamespaceDeclaration(node));
    }

    public override void VisitFileScopedNamespaceDeclaration(FileScopedNamespaceDeclarationSyntax node)
    {
        Within(Plain(node.Name), "namespace", node.Name, () => base.VisitFileScopedNamespaceDeclaration(node));
    }

    public override void VisitClassDeclaration(ClassDeclarationSyntax node)
    {
        Within(node.Identifier.ValueText, "class", node.Identifier, () => base.VisitClassDeclaration(node));
    }

    public override void VisitStructDeclaration(StructDeclarationSyntax node)
    {
        Within(node.Identifier.ValueText, "struct", node.Identifier, () => base.VisitStructDeclaration(node));
    }

    public override void VisitInterfaceDeclaration(InterfaceDeclarationSyntax node)
    {
        Within(node.Identifier.ValueText, "interface", node.Identifier, () => base.VisitInterfaceDeclaration(node));
    }

    public override void VisitRecordDeclaration(RecordDeclarationSyntax node)
    {
        var kind = node.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword) ? "record struct" : "record";
        Within(node.Identifier.ValueText, kind, node.Identifier, () =>
        {
            if (node.ParameterList != null)
                foreach (var each in node.ParameterList.Parameters) Define(each.Identifier.ValueText, "property", each.Identifier);
            base.VisitRecordDeclaration(node);
        });
    }

    public override void VisitEnumDeclaration(EnumDeclarationSyntax node)
    {
        Within(node.Identifier.ValueText, "enum", node.Identifier, () => base.VisitEnumDeclaration(node));
    }

    public override void VisitEnumMemberDeclaration(EnumMemberDeclarationSyntax node)
    {
        Define(node.Identifier.ValueText, "enum member", node.Identifier);
    }

    public override void VisitDelegateDeclaration(DelegateDeclarationSyntax node)
    {
        Define(node.Identifier.ValueText, "delegate", node.Identifier);
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        Within(node.Identifier.ValueText, "method", node.Identifier, () => base.VisitMethodDeclaration(node));
    }

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        Within(node.Identifier.ValueText, "function", node.Identifier, () => base.VisitLocalFunctionStatement(node));
    }

    public override void VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        Within(node.Identifier.ValueText, "constructor", node.Identifier, () => base.VisitConstructorDeclaration(node));
    }

    public override void VisitDestructorDeclaration(DestructorDeclarationSyntax node)
    {
        Within("~" + node.Identifier.ValueText, "finalizer", node.Identifier, () => base.VisitDestructorDeclaration(node));
    }

    public override void VisitOperatorDeclaration(OperatorDeclarationSyntax node)
    {
        var name = "operator " + node.OperatorToken.Text;
        Within(name, "operator", node.OperatorKeyword, () => base.VisitOperatorDeclaration(node));
    }

    public override void VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node)
    {
        var name = node.ImplicitOrExplicitKeyword.Text + " operator " + node.Type.ToString();
        Within(name, "operator", node.ImplicitOrExplicitKeyword, () => base.VisitConversionOperatorDeclaration(node));
    }

    public override void VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        Within(node.Identifier.ValueText, "property", node.Identifier, () => base.VisitPropertyDeclaration(node));
    }

    public override void VisitIndexerDeclaration(IndexerDeclarationSyntax node)
    {
        Within("this[]", "indexer", node.ThisKeyword, () => base.VisitIndexerDeclaration(node));
    }

    public override void VisitEventDeclaration(EventDeclarationSyntax node)
    {
        Within(node.Identifier.ValueText, "event", node.Identifier, () => base.VisitEventDeclaration(node));
    }

    public override void VisitEventFieldDeclaration(EventFieldDeclarationSyntax node)
    {
        Variables(node.Declaration, "event");
    }

    public override void VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
        Variables(node.Declaration, node.Modifiers.Any(SyntaxKind.ConstKeyword) ? "constant" : "field");
    }

    void Variables(VariableDeclarationSyntax declaration, string kind)
    {
        foreach (var each in declaration.Variables)
            Within(each.Identifier.ValueText, kind, each.Identifier, () => Visit(each));
    }
}
