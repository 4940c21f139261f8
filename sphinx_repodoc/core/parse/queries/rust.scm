(function_item name: (identifier) @name) @definition.function
(function_signature_item name: (identifier) @name) @definition.function
(struct_item name: (type_identifier) @name body: (ordered_field_declaration_list)) @definition.struct @whole
(struct_item name: (type_identifier) @name) @definition.struct
(enum_item name: (type_identifier) @name) @definition.enum
(union_item name: (type_identifier) @name) @definition.union
(trait_item name: (type_identifier) @name) @definition.trait
(type_item name: (type_identifier) @name) @definition.type
(associated_type name: (type_identifier) @name) @definition.type
(const_item name: (identifier) @name) @definition.const
(static_item name: (identifier) @name) @definition.static
(macro_definition name: (identifier) @name . (macro_rule) @body) @definition.macro
(macro_definition name: (identifier) @name) @definition.macro
(mod_item name: (identifier) @name body: (_)) @definition.module
(field_declaration name: (field_identifier) @name) @definition.field
(enum_variant name: (identifier) @name body: (ordered_field_declaration_list)) @definition.variant @whole
(enum_variant name: (identifier) @name) @definition.variant

; An impl lends the name of its type, without parameters and behind a reference.
(impl_item type: [
  (type_identifier) @name (scoped_type_identifier) @name (primitive_type) @name
  (generic_type type: (_) @name)
  (reference_type type: [(type_identifier) @name (scoped_type_identifier) @name (primitive_type) @name])
  (reference_type type: (generic_type type: (_) @name))]) @scope
(impl_item type: (_) @name) @scope

(attribute_item) @attribute
(inner_attribute_item) @preamble

(use_declaration) @import.use
(extern_crate_declaration) @import.crate
(mod_item !body) @import.mod

(source_file (function_item name: (identifier) @is.main) @main)

(line_comment) @comment
(block_comment) @comment
(string_literal) @string
(raw_string_literal) @string
(char_literal) @string
(lifetime) @string

; As Lizard counts forks: every arm but the first, and what hands on an error. It does not count "loop".
(if_expression consequence: (_) @branch)
(else_clause (_) @else)
(else_clause (if_expression consequence: (_) @elif))
(else_clause (if_expression) @join)
(let_declaration alternative: (_) @branch)
(for_expression body: (_) @branch)
(while_expression body: (_) @branch)
(loop_expression body: (_) @choice)
(match_expression body: (_) @choice)
(match_block (match_arm) . [(line_comment) (block_comment)]* . (match_arm) @fork)
(match_pattern condition: (_) @fork)
(try_expression) @fork
(closure_expression body: (_) @lambda)
[(break_expression (label)) (continue_expression (label))] @jump
