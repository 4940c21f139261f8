(compilation_unit (file_scoped_namespace_declaration name: (_) @name ";" @body)) @definition.namespace
(namespace_declaration name: (_) @name) @definition.namespace
(class_declaration name: (identifier) @name) @definition.class
(record_declaration "struct" name: (identifier) @name) @definition.record-struct
(record_declaration name: (identifier) @name) @definition.record
(struct_declaration name: (identifier) @name) @definition.struct
(interface_declaration name: (identifier) @name) @definition.interface
(enum_declaration name: (identifier) @name) @definition.enum
(enum_member_declaration name: (identifier) @name) @definition.enum-member
(delegate_declaration type: (_) @start name: (identifier) @name) @definition.delegate
; A positional parameter of a record is a property.
(record_declaration (parameter_list (parameter type: (_) @start name: (identifier) @name) @definition.property))
(method_declaration returns: (_) @start name: (identifier) @name) @definition.method
(local_function_statement type: (_) @start name: (identifier) @name) @definition.function
(constructor_declaration name: (identifier) @name (constructor_initializer) @body) @definition.constructor
(constructor_declaration name: (identifier) @name) @definition.constructor
(destructor_declaration "~" @start name: (identifier) @name) @definition.finalizer
(operator_declaration type: (_) @start "operator" @name) @definition.operator
(conversion_operator_declaration ["implicit" "explicit"] @name) @definition.operator
(property_declaration type: (_) @start name: (identifier) @name accessors: (_) @body) @definition.property
(property_declaration type: (_) @start name: (identifier) @name value: (_) @body) @definition.property
(indexer_declaration type: (_) @start "this" @name accessors: (_) @body) @definition.indexer
(indexer_declaration type: (_) @start "this" @name value: (_) @body) @definition.indexer
(event_declaration type: (_) @start name: (identifier) @name accessors: (_) @body) @definition.event
(event_field_declaration
  (variable_declaration (variable_declarator name: (identifier) @name "=" . (_) @value) @definition.event))
(event_field_declaration (variable_declaration (variable_declarator name: (identifier) @name) @definition.event))
(field_declaration
  (variable_declaration (variable_declarator name: (identifier) @name "=" . (_) @value) @definition.field))
(field_declaration (variable_declaration (variable_declarator name: (identifier) @name) @definition.field))

(field_declaration (variable_declaration (variable_declarator) @wrapped)) @wrapper
(event_field_declaration (variable_declaration (variable_declarator) @wrapped)) @wrapper

(using_directive) @import.using
(extern_alias_directive) @import.alias

(method_declaration (modifier "static") name: (identifier) @is.Main) @main
(compilation_unit . [(using_directive) (comment) (global_attribute)]* . (global_statement) @main)

(global_attribute) @preamble
(comment) @comment
(string_literal) @string
(verbatim_string_literal) @string
(raw_string_literal) @string
(character_literal) @string
(interpolated_string_expression) @string
(interpolation) @code
[(preproc_region) (preproc_endregion) (preproc_pragma) (preproc_nullable) (preproc_error) (preproc_warning) (preproc_line)] @string

; As Lizard counts forks.
(if_statement consequence: (_) @branch)
(if_statement alternative: (_) @else)
(if_statement alternative: (if_statement consequence: (_) @elif))
(if_statement alternative: (if_statement) @join)
(foreach_statement body: (_) @branch)
(catch_clause body: (block) @branch)
(switch_statement body: (switch_body) @choice)
(switch_section "case") @fork
(switch_expression) @choice
(conditional_expression) @ternary
(conditional_expression) @fork
"??" @fork
(lambda_expression body: (_) @lambda)
(anonymous_method_expression (block) @lambda)
(goto_statement) @jump
