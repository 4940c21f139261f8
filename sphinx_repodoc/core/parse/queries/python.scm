; Definitions. The engine finds the body, the nesting and the qualified names.
(class_definition name: (identifier) @name) @definition.class
(function_definition name: (identifier) @name) @definition.function
(type_alias_statement left: (type [(identifier) @name (generic_type . (identifier) @name)])) @definition.type

; Names assigned at module and class level, also below one if, try or with.
(module (expression_statement (assignment left: [
  (identifier) @name (pattern_list (identifier) @name) (tuple_pattern (identifier) @name)]) @definition.variable @start))
(class_definition body: (block (expression_statement (assignment left: [
  (identifier) @name (pattern_list (identifier) @name) (tuple_pattern (identifier) @name)]) @definition.variable @start)))
; Each clause by its name: a wildcard takes as long as all other patterns together.
(module [
  (if_statement [
    (block (expression_statement (assignment left: (identifier) @name) @definition.variable))
    (elif_clause (block (expression_statement (assignment left: (identifier) @name) @definition.variable)))
    (else_clause (block (expression_statement (assignment left: (identifier) @name) @definition.variable)))])
  (try_statement [
    (block (expression_statement (assignment left: (identifier) @name) @definition.variable))
    (except_clause (block (expression_statement (assignment left: (identifier) @name) @definition.variable)))
    (else_clause (block (expression_statement (assignment left: (identifier) @name) @definition.variable)))
    (finally_clause (block (expression_statement (assignment left: (identifier) @name) @definition.variable)))])
  (with_statement (block (expression_statement (assignment left: (identifier) @name) @definition.variable)))])

; Docstrings.
(module . (comment)* . (expression_statement . (string) @docstring .)) @documented
(class_definition body: (block . (expression_statement . (string) @docstring .))) @documented
(function_definition body: (block . (expression_statement . (string) @docstring .))) @documented

(decorated_definition definition: (_) @wrapped) @wrapper
(decorated_definition (decorator) @decorator) @decorated

(import_statement) @import.import
(import_from_statement) @import.from
(future_import_statement) @import.from

; When an import is run: with the call of a function, or never.
(function_definition body: (block) @deferred)
(if_statement condition: [
  (identifier) @is.TYPE_CHECKING (attribute attribute: (identifier) @is.TYPE_CHECKING)]
  consequence: (block) @types)

(module (if_statement condition: (comparison_operator
  (identifier) @is.__name__ (string (string_content) @is.__main__))) @main)
(module (if_statement condition: (comparison_operator
  (string (string_content) @is.__main__) (identifier) @is.__name__)) @main)

(comment) @comment
(string) @string
(interpolation) @code

; As mccabe and Ruff count forks: a last case that takes everything is an "else".
(if_statement consequence: (block) @branch)
(elif_clause consequence: (block) @elif)
(if_statement alternative: (else_clause body: (block) @else))
(for_statement body: (block) @branch)
(for_statement alternative: (else_clause body: (block) @else))
(while_statement body: (block) @branch)
(while_statement alternative: (else_clause body: (block) @else))
(except_clause (block) @branch)
(try_statement (else_clause) @fork)
(match_statement body: (block) @choice)
(case_clause) @fork
(match_statement body: (block (case_clause (case_pattern (dotted_name . (identifier) .)) !guard consequence: (_)) @join .))
(match_statement body: (block (case_clause (case_pattern "_") !guard consequence: (_)) @join .))
(conditional_expression) @ternary
(lambda) @lambda
(boolean_operator operator: ["and" "or"] @logic)
(boolean_operator [left: (boolean_operator operator: "and" @same) right: (boolean_operator operator: "and" @same)] operator: "and")
(boolean_operator [left: (boolean_operator operator: "or" @same) right: (boolean_operator operator: "or" @same)] operator: "or")
(function_definition body: (block . (expression_statement (string))? . [
  (function_definition) @unwrapped (decorated_definition definition: (function_definition) @unwrapped)] . (return_statement) .))
