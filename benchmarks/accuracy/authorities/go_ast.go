// Prints the definitions and imports that go/ast finds, one JSON object a file.
//
// Paths come from standard input, one a line. Names inside functions count when they are types or fields; variables and
// constants do not. The blank identifier names nothing.
package main

import (
	"bufio"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
)

type result struct {
	Path  string  `json:"path"`
	Facts [][]any `json:"facts"`
	Error string  `json:"error,omitempty"`
}

type reader struct {
	files *token.FileSet
	facts [][]any
}

func (r *reader) line(node ast.Node) int {
	return r.files.PositionFor(node.Pos(), false).Line
}

func (r *reader) define(scope, name, kind string, at ast.Node) string {
	full := name
	if scope != "" {
		full = scope + "." + name
	}
	if name != "_" {
		r.facts = append(r.facts, []any{"definition", full, kind, r.line(at)})
	}
	return full
}

// typeName gives the name of a receiver or of an embedded type.
func typeName(expression ast.Expr) *ast.Ident {
	switch node := expression.(type) {
	case *ast.Ident:
		return node
	case *ast.StarExpr:
		return typeName(node.X)
	case *ast.ParenExpr:
		return typeName(node.X)
	case *ast.SelectorExpr:
		return node.Sel
	case *ast.IndexExpr:
		return typeName(node.X)
	case *ast.IndexListExpr:
		return typeName(node.X)
	}
	return nil
}

// walk reads what lies below a node; names of the package are those outside of every function.
func (r *reader) walk(root ast.Node, scope string, inFunction bool) {
	ast.Inspect(root, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			owner, kind := scope, "function"
			if node.Recv != nil {
				kind = "method"
				for _, receiver := range node.Recv.List {
					if name := typeName(receiver.Type); name != nil {
						owner = name.Name
					}
				}
			}
			inside := r.define(owner, node.Name.Name, kind, node.Name)
			if node.Recv != nil {
				r.walk(node.Recv, inside, true)
			}
			r.walk(node.Type, inside, true)
			if node.Body != nil {
				r.walk(node.Body, inside, true)
			}
			return false
		case *ast.FuncLit:
			r.walk(node.Type, scope, true)
			r.walk(node.Body, scope, true)
			return false
		case *ast.TypeSpec:
			kind := "type"
			switch node.Type.(type) {
			case *ast.StructType:
				kind = "struct"
			case *ast.InterfaceType:
				kind = "interface"
			}
			if node.Assign.IsValid() {
				kind = "type"
			}
			inside := r.define(scope, node.Name.Name, kind, node.Name)
			if node.TypeParams != nil {
				r.walk(node.TypeParams, inside, inFunction)
			}
			r.walk(node.Type, inside, inFunction)
			return false
		case *ast.GenDecl:
			if node.Tok != token.CONST && node.Tok != token.VAR {
				return true
			}
			for _, spec := range node.Specs {
				r.values(spec.(*ast.ValueSpec), node.Tok, scope, inFunction)
			}
			return false
		case *ast.StructType:
			for _, field := range node.Fields.List {
				r.field(field, scope, inFunction)
			}
			return false
		case *ast.InterfaceType:
			for _, field := range node.Methods.List {
				inside := scope
				for _, name := range field.Names {
					inside = r.define(scope, name.Name, "method", name)
				}
				r.walk(field.Type, inside, inFunction)
			}
			return false
		}
		return true
	})
}

func (r *reader) values(spec *ast.ValueSpec, word token.Token, scope string, inFunction bool) {
	kind := map[token.Token]string{token.CONST: "constant", token.VAR: "variable"}[word]
	inside := scope
	if !inFunction {
		for _, name := range spec.Names {
			inside = r.define(scope, name.Name, kind, name)
		}
	}
	if spec.Type != nil {
		r.walk(spec.Type, inside, inFunction)
	}
	for _, value := range spec.Values {
		r.walk(value, inside, inFunction)
	}
}

// field reads a field; what an anonymous type of it contains belongs to the last of its names.
func (r *reader) field(field *ast.Field, scope string, inFunction bool) {
	inside := scope
	for _, name := range field.Names {
		inside = r.define(scope, name.Name, "field", name)
	}
	if len(field.Names) == 0 {
		if name := typeName(field.Type); name != nil {
			inside = r.define(scope, name.Name, "field", name)
		}
	}
	r.walk(field.Type, inside, inFunction)
}

func read(path string) result {
	r := reader{files: token.NewFileSet(), facts: [][]any{}}
	file, err := parser.ParseFile(r.files, path, nil, parser.SkipObjectResolution)
	if err != nil {
		return result{Path: path, Error: err.Error()}
	}
	r.define("", file.Name.Name, "package", file.Name)
	for _, declaration := range file.Decls {
		r.walk(declaration, "", false)
	}
	for _, spec := range file.Imports {
		module, _ := strconv.Unquote(spec.Path.Value)
		alias := ""
		if spec.Name != nil {
			alias = " as " + spec.Name.Name
		}
		r.facts = append(r.facts, []any{"import", module + alias, "import", r.line(spec)})
	}
	return result{Path: path, Facts: r.facts}
}

func main() {
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	encoder := json.NewEncoder(output)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		if err := encoder.Encode(read(lines.Text())); err != nil {
			panic(err)
		}
	}
}
