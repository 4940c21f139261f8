(package_declaration [(identifier) (scoped_identifier)] @name) @definition.package
(class_declaration name: (identifier) @name) @definition.class
(interface_declaration name: (identifier) @name) @definition.interface
(enum_declaration name: (identifier) @name) @definition.enum
(record_declaration name: (identifier) @name) @definition.record
(record_declaration parameters: (formal_parameters [
  (formal_parameter type: (_) @start name: (identifier) @name)
  (spread_parameter (_) @start . (variable_declarator name: (identifier) @name))] @definition.component))
(annotation_type_declaration name: (identifier) @name) @definition.annotation
(method_declaration type: (_) @start name: (identifier) @name) @definition.method
(annotation_type_element_declaration type: (_) @start name: (identifier) @name) @definition.method
(constructor_declaration name: (identifier) @name) @definition.constructor
(compact_constructor_declaration name: (identifier) @name) @definition.constructor
(field_declaration type: (_) @start
  declarator: (variable_declarator name: (identifier) @name) @definition.field)
(constant_declaration type: (_) @start
  declarator: (variable_declarator name: (identifier) @name) @definition.field)
(enum_constant name: (identifier) @name) @definition.constant
(module_declaration name: (_) @name) @definition.module

(field_declaration declarator: (_) @wrapped) @wrapper
(constant_declaration declarator: (_) @wrapped) @wrapper

([(class_declaration (modifiers [(annotation) (marker_annotation)] @decorator))
  (interface_declaration (modifiers [(annotation) (marker_annotation)] @decorator))
  (enum_declaration (modifiers [(annotation) (marker_annotation)] @decorator))
  (record_declaration (modifiers [(annotation) (marker_annotation)] @decorator))
  (annotation_type_declaration (modifiers [(annotation) (marker_annotation)] @decorator))
  (method_declaration (modifiers [(annotation) (marker_annotation)] @decorator))
  (constructor_declaration (modifiers [(annotation) (marker_annotation)] @decorator))
  (field_declaration (modifiers [(annotation) (marker_annotation)] @decorator))
  (constant_declaration (modifiers [(annotation) (marker_annotation)] @decorator))
  (enum_constant (modifiers [(annotation) (marker_annotation)] @decorator))]) @decorated

(import_declaration) @import.import

(method_declaration (modifiers "static") name: (identifier) @is.main) @main

(line_comment) @comment
(block_comment) @comment
(string_literal) @string
(character_literal) @string

; As Lizard counts forks.
(if_statement consequence: (_) @branch)
(if_statement alternative: (_) @else)
(if_statement alternative: (if_statement consequence: (_) @elif))
(if_statement alternative: (if_statement) @join)
(enhanced_for_statement body: (_) @branch)
(catch_clause body: (block) @branch)
(switch_expression body: (switch_block) @choice)
(switch_label "case") @fork
(ternary_expression) @ternary
(ternary_expression) @fork
(lambda_expression body: (_) @lambda)
[(break_statement (identifier)) (continue_statement (identifier))] @jump
