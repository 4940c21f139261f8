; Of a function without a body the signature ends before its "end".
(function_declaration name: (identifier) @name body: (_)) @definition.function
(function_declaration name: (identifier) @name "end" @body) @definition.function
(function_declaration name: (dot_index_expression table: (_) @prefix field: (identifier) @name) @start
  body: (_)) @definition.function
(function_declaration name: (dot_index_expression table: (_) @prefix field: (identifier) @name) @start
  "end" @body) @definition.function
(function_declaration name: (method_index_expression table: (_) @prefix method: (identifier) @name) @start
  body: (_)) @definition.method
(function_declaration name: (method_index_expression table: (_) @prefix method: (identifier) @name) @start
  "end" @body) @definition.method

(assignment_statement (variable_list . name: [
    (identifier) @name
    (dot_index_expression table: (_) @prefix field: (identifier) @name)
    (bracket_index_expression table: (_) @prefix field: (string content: (_) @name))] @start .)
  (expression_list . value: (function_definition body: (_) @body) .)) @definition.function
(assignment_statement (variable_list . name: [
    (identifier) @name
    (dot_index_expression table: (_) @prefix field: (identifier) @name)
    (bracket_index_expression table: (_) @prefix field: (string content: (_) @name))] @start .)
  (expression_list . value: (function_definition "end" @body) .)) @definition.function

; Functions in a table that has a name, or that the module returns. A name in brackets is a variable.
(field !operator name: (identifier) @name
  value: (function_definition body: (_) @body)) @definition.function
(field !operator name: (identifier) @name
  value: (function_definition "end" @body)) @definition.function
(field !operator name: (identifier) @name value: (table_constructor)) @scope
(field name: (string content: (_) @name)
  value: (function_definition body: (_) @body)) @definition.function @start
(field name: (string content: (_) @name)
  value: (function_definition "end" @body)) @definition.function @start
(field name: (string content: (_) @name) value: (table_constructor)) @scope
(expression_list (table_constructor (field) @direct))
(field name: (_) value: (table_constructor (field) @nested))

; Names of the module.
(chunk [
  (assignment_statement (variable_list name: (identifier) @name) @start) @definition.variable
  (variable_declaration (assignment_statement (variable_list name: (identifier) @name) @start) @definition.variable)
  (variable_declaration (variable_list name: (identifier) @name) @start @definition.variable)])
(chunk (assignment_statement (variable_list name: (
  dot_index_expression table: (_) @prefix field: (identifier) @name) @start)) @definition.field)
(variable_declaration (_) @wrapped) @wrapper
(chunk (return_statement (expression_list (identifier) @exported)))

(function_call name: (identifier) @is.require arguments: (arguments . (string) .)) @import.require
(function_call name: (identifier) @is.pcall arguments: (arguments . (identifier) @is.require . (string) .)) @import.pcall
(function_call name: (identifier) @is.dofile arguments: (arguments . (string) .)) @import.dofile
(function_call name: (identifier) @is.loadfile arguments: (arguments . (string))) @import.loadfile
(function_declaration body: (_) @deferred)
(function_definition body: (_) @deferred)

(comment) @comment
(hash_bang_line) @comment
(string) @string
