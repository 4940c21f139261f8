(package_clause (package_identifier) @name) @definition.package
(function_declaration name: (identifier) @name) @definition.function
(method_declaration name: (field_identifier) @name) @definition.method

(type_spec name: (type_identifier) @name type: (struct_type (field_declaration_list) @body)) @definition.struct
(type_spec name: (type_identifier) @name type: (interface_type) @body) @definition.interface
(type_spec name: (type_identifier) @name) @definition.type
(type_alias name: (type_identifier) @name) @definition.type
(field_declaration name: (field_identifier) @name
  type: (struct_type (field_declaration_list) @body)) @definition.field @start
(field_declaration name: (field_identifier) @name) @definition.field @start
; An embedded type is a field with the name of the type.
(field_declaration !name type: [
  (type_identifier) @name (qualified_type name: (type_identifier) @name)
  (generic_type type: (type_identifier) @name)]) @definition.field @start
(method_elem name: (field_identifier) @name) @definition.method
; Those of functions are no symbols.
(source_file (const_declaration (const_spec (identifier) @name) @definition.constant @start))
(source_file (var_declaration (var_spec (identifier) @name) @definition.variable @start))
(source_file (var_declaration (var_spec_list (var_spec (identifier) @name) @definition.variable @start)))

(type_declaration . [(type_spec) (type_alias)] @wrapped .) @wrapper
(const_declaration . (const_spec) @wrapped .) @wrapper
(var_declaration . (var_spec) @wrapped .) @wrapper

(import_spec) @import.import

(source_file
  (package_clause (package_identifier) @is.main)
  (function_declaration name: (identifier) @is.main) @main)

(comment) @comment
(interpreted_string_literal) @string
(raw_string_literal) @string
(rune_literal) @string

; As Lizard counts forks.
(if_statement consequence: (block) @branch)
(if_statement alternative: (block) @else)
(if_statement alternative: (if_statement consequence: (block) @elif))
(for_statement body: (block) @branch)
[(expression_switch_statement) (type_switch_statement) (select_statement)] @choice
[(expression_case) (type_case) (communication_case)] @fork
(func_literal body: (block) @lambda)
[(break_statement (label_name)) (continue_statement (label_name)) (goto_statement)] @jump
