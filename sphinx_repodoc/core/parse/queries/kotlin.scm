(package_header (qualified_identifier) @name) @definition.package

(class_declaration name: (identifier) @name (enum_class_body) @body) @definition.class
(class_declaration "interface" name: (identifier) @name (class_body) @body) @definition.interface
(class_declaration "interface" name: (identifier) @name) @definition.interface
(class_declaration name: (identifier) @name (class_body) @body) @definition.class
(class_declaration name: (identifier) @name) @definition.class
(object_declaration name: (identifier) @name (class_body) @body) @definition.object
(object_declaration name: (identifier) @name) @definition.object
(companion_object "companion" @start name: (identifier) @name (class_body) @body) @definition.companion-object
(companion_object "companion" @start name: (identifier) @name) @definition.companion-object
(companion_object !name "companion" @start "object" @name (class_body) @body) @definition.companion-object
(companion_object !name "companion" @start "object" @name) @definition.companion-object
(enum_entry (identifier) @name (class_body) @body) @definition.enum-entry
(enum_entry (identifier) @name) @definition.enum-entry
(type_alias "typealias" . (identifier) @name) @definition.typealias
(secondary_constructor "constructor" @name (constructor_delegation_call) @body) @definition.constructor
(secondary_constructor "constructor" @name (block) @body) @definition.constructor
(secondary_constructor "constructor" @name) @definition.constructor

(anonymous_initializer "init" @name) @definition.initializer
; The signature begins with type parameters and the type that is extended.
(function_declaration "fun" . (_) @start name: (identifier) @name (function_body) @body) @definition.function
(function_declaration name: (identifier) @name (function_body) @body) @definition.function
(function_declaration "fun" . (_) @start name: (identifier) @name) @definition.function
(function_declaration name: (identifier) @name) @definition.function

(class_parameter ["val" "var"] @start . (identifier) @name "=" . (_) @value) @definition.property
(class_parameter ["val" "var"] @start . (identifier) @name) @definition.property
(property_declaration ["val" "var"] @start (variable_declaration (identifier) @name) "=" . (_) @value) @definition.property
(property_declaration ["val" "var"] @start (variable_declaration (identifier) @name)
  [(property_delegate) (getter) (setter)] @body) @definition.property
(property_declaration ["val" "var"] @start (variable_declaration (identifier) @name)) @definition.property
(property_declaration ["val" "var"] @start (multi_variable_declaration (variable_declaration (identifier) @name)) "=" @body) @definition.property

(_ (modifiers (annotation) @decorator)) @decorated

(import) @import.import

(source_file (function_declaration name: (identifier) @is.main) @main)

(file_annotation) @preamble
(shebang) @comment
(line_comment) @comment
(block_comment) @comment
(string_literal) @string
(multiline_string_literal) @string
(character_literal) @string
(interpolation) @code

; As Lizard counts forks: every entry but the first.
(if_expression condition: (_) . (_) @branch)
(if_expression "else" . (_) @else)
(if_expression "else" . (if_expression condition: (_) . (_) @elif))
(if_expression "else" . (if_expression) @join)
(for_statement (_) @branch .)
(while_statement condition: (_) . (_) @branch)
(do_while_statement (_) @branch . condition: (_))
(catch_block (block) @branch)
(when_expression) @choice
(when_expression (when_entry) . [(line_comment) (block_comment)]* . (when_entry) @fork)
"?:" @fork
[(lambda_literal) (anonymous_function)] @lambda
; "break@label" is a label before a name to the grammar.
(labeled_expression (label) . (identifier)) @jump
