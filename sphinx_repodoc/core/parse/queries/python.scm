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

; As mccabe and Ruff count: a last case that takes everything is an "else".
[(if_statement) (elif_clause) (for_statement) (while_statement) (except_clause) (case_clause)] @fork
(try_statement (else_clause) @fork)
(match_statement body: (block (case_clause (case_pattern (dotted_name . (identifier) .)) !guard consequence: (_)) @join .))
(match_statement body: (block (case_clause (case_pattern "_") !guard consequence: (_)) @join .))
