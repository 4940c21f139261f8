; Shared by JavaScript and TypeScript: nodes that both grammars have.

; Definitions.
(function_declaration name: (_) @name) @definition.function
(generator_function_declaration name: (_) @name) @definition.function
(class_declaration name: (_) @name) @definition.class
(method_definition name: (_) @name) @definition.method

(variable_declarator name: (identifier) @name
  value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)]) @definition.function
(variable_declarator name: (identifier) @name value: (class body: (_) @body)) @definition.class
(assignment_expression left: (identifier) @name right: [
  (function_expression body: (_) @body) (generator_function body: (_) @body)
  (assignment_expression right: [
    (function_expression body: (_) @body) (generator_function body: (_) @body)
    (assignment_expression right: (function_expression body: (_) @body))])]) @definition.function
(assignment_expression left: (member_expression object: (_) @prefix property: [(property_identifier) (private_property_identifier)] @name)
  right: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)
  ; a.b = a.c = function () {}
  (assignment_expression right: [
    (arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)
    (assignment_expression right: [(arrow_function body: (_) @body) (function_expression body: (_) @body)])])]) @definition.function
(assignment_expression left: (member_expression object: (_) @prefix property: [(property_identifier) (private_property_identifier)] @name)
  right: [(class body: (_) @body) (assignment_expression right: (class body: (_) @body))]) @definition.class

; Functions in objects, whether these are assigned, handed on or given back.
(pair key: [(property_identifier) (string) (number)] @name value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)]) @definition.method

; Names of the module; the hook tells constants from variables.
(program (_ (variable_declarator name: [
  (identifier) @name
  (object_pattern [
    (shorthand_property_identifier_pattern) @name
    (object_assignment_pattern left: (_) @name)
    (pair_pattern value: [(identifier) @name (assignment_pattern left: (identifier) @name)])
    (rest_pattern (identifier) @name)])
  (array_pattern [(identifier) @name (assignment_pattern left: (identifier) @name) (rest_pattern (identifier) @name)])]) @definition.variable @start))
(export_statement declaration: (_ (variable_declarator name: [
  (identifier) @name
  (object_pattern [
    (shorthand_property_identifier_pattern) @name
    (object_assignment_pattern left: (_) @name)
    (pair_pattern value: [(identifier) @name (assignment_pattern left: (identifier) @name)])
    (rest_pattern (identifier) @name)])
  (array_pattern [(identifier) @name (assignment_pattern left: (identifier) @name) (rest_pattern (identifier) @name)])]) @definition.variable @start))

(export_statement declaration: (_) @wrapped) @wrapper.export
(export_statement declaration: (lexical_declaration (variable_declarator) @wrapped)) @wrapper.export
(export_statement declaration: (variable_declaration (variable_declarator) @wrapped)) @wrapper.export
(lexical_declaration (variable_declarator) @wrapped) @wrapper
(variable_declaration (variable_declarator) @wrapped) @wrapper
(expression_statement (assignment_expression) @wrapped) @wrapper

; Names that are exported elsewhere than where they are defined.
(export_statement !source (export_clause (export_specifier name: (identifier) @exported)))
(export_statement value: (identifier) @exported)
(assignment_expression left: (member_expression) @is.module.exports right: (identifier) @exported)
(assignment_expression left: (member_expression) @is.module.exports right: (object (shorthand_property_identifier) @exported))
(assignment_expression left: (member_expression) @is.module.exports right: (object (pair value: (identifier) @exported)))
(assignment_expression left: (member_expression object: (identifier) @is.exports) right: (_) @exported)

(export_statement decorator: (decorator) @decorator) @decorated
(class_declaration decorator: (decorator) @decorator) @decorated

(import_statement) @import.import
(export_statement source: (_)) @import.export
(call_expression function: (import) arguments: (arguments . (string))) @import.dynamic
(call_expression function: (import) arguments: (arguments . (comment) . (string))) @import.dynamic
(call_expression function: (identifier) @is.require arguments: (arguments . (string) .)) @import.require
(call_expression function: (identifier) @is.require arguments: (arguments . (comment) . (string) .)) @import.require

(binary_expression left: (member_expression) @is.require.main right: (identifier) @is.module) @main

(program (expression_statement (string) .) @preamble)

(comment) @comment
(hash_bang_line) @comment
(string) @string
(template_string) @string
(template_substitution) @code
(regex) @string

; As Lizard counts forks.
(if_statement consequence: (_) @branch)
(else_clause (_) @else)
(else_clause (if_statement consequence: (_) @elif))
(else_clause (if_statement) @join)
(for_in_statement body: (_) @branch)
(catch_clause body: (statement_block) @branch)
(switch_statement body: (switch_body) @choice)
(switch_case) @fork
(ternary_expression) @ternary
(ternary_expression) @fork
"??" @fork
(arrow_function body: (_) @inner)
(function_expression body: (statement_block) @inner)
[(break_statement (statement_identifier)) (continue_statement (statement_identifier))] @jump
