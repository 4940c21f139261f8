(module_definition name: (identifier) @name . [(_) "end"] @body) @definition.module
; A module with an error in it has no end.
(ERROR ["module" "baremodule"] . (identifier) @name @definition.module)
(struct_definition (type_head [
  (identifier) @name (parametrized_type_expression . (identifier) @name)
  (binary_expression . [(identifier) @name (parametrized_type_expression . (identifier) @name)])]) . [(_) "end"] @body) @definition.struct
(abstract_definition (type_head [
  (identifier) @name (parametrized_type_expression . (identifier) @name)
  (binary_expression . [(identifier) @name (parametrized_type_expression . (identifier) @name)])]) . [(_) "end"] @body) @definition.type
(primitive_definition (type_head [
  (identifier) @name (parametrized_type_expression . (identifier) @name)
  (binary_expression . [(identifier) @name (parametrized_type_expression . (identifier) @name)])]) . [(_) "end"] @body) @definition.type
(struct_definition [
  (identifier) @name @definition.field
  (typed_expression . (identifier) @name) @definition.field
  (assignment . [(identifier) @name (typed_expression . (identifier) @name)]) @definition.field])

; Of these the hook finds the name in the signature.
(function_definition (signature) @name . [(_) "end"] @body) @definition.function
(macro_definition (signature) @name . [(_) "end"] @body) @definition.macro
(assignment . [
  (call_expression) @name (where_expression) @name
  (typed_expression . [(call_expression) (where_expression)]) @name] . (operator) @body) @definition.function
(assignment . (identifier) @name . (operator) . (arrow_function_expression)) @definition.function

(const_statement (assignment . [
  (identifier) @name (typed_expression . (identifier) @name) (parametrized_type_expression . (identifier) @name)
  (open_tuple (identifier) @name) (tuple_expression (identifier) @name)]) @start) @definition.constant
([
  (source_file (assignment . [(identifier) @name (typed_expression . (identifier) @name)]) @definition.variable)
  (module_definition (assignment . [(identifier) @name (typed_expression . (identifier) @name)]) @definition.variable)
  (source_file (global_statement (assignment . [(identifier) @name (typed_expression . (identifier) @name)]) @definition.variable))
  (module_definition (global_statement (assignment . [(identifier) @name (typed_expression . (identifier) @name)]) @definition.variable))])

(macrocall_expression (macro_identifier (identifier) @is.enum) (macro_argument_list . [
  (identifier) @name (typed_expression . (identifier) @name)] @start)) @definition.enum
(macrocall_expression (macro_identifier (identifier) @is.enum) (macro_argument_list . (_) [
  (identifier) @name @definition.member
  (assignment . (identifier) @name) @definition.member
  (compound_statement [(identifier) @name @definition.member (assignment . (identifier) @name) @definition.member])]))

(macrocall_expression (macro_argument_list [
  (function_definition) (struct_definition) (assignment) (macrocall_expression) (const_statement)] @wrapped)) @wrapper
(macrocall_expression (macro_identifier) @decorator) @decorated
(const_statement (assignment) @wrapped) @wrapper
(global_statement (assignment) @wrapped) @wrapper
; What a macro returns is defined where the macro is used.
(quote_expression) @template
(quote_statement) @template

([
  (source_file [(string_literal) (prefixed_string_literal)] @docstring . (_) @documented)
  (module_definition [(string_literal) (prefixed_string_literal)] @docstring . (_) @documented)
  (struct_definition [(string_literal) (prefixed_string_literal)] @docstring . (_) @documented)])

(using_statement) @import.using
(import_statement) @import.import
(call_expression . (identifier) @is.include . (argument_list . (string_literal) .)) @import.include
(function_definition) @deferred

(source_file (if_statement condition: (binary_expression [
  (identifier) @is.PROGRAM_FILE (call_expression (argument_list (identifier) @is.PROGRAM_FILE))])) @main)

(line_comment) @comment
(block_comment) @comment
(string_literal) @string
(prefixed_string_literal) @string
(command_literal) @string
(prefixed_command_literal) @string
(character_literal) @string
(string_interpolation) @code
