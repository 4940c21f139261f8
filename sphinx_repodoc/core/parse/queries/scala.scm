(package_clause name: (_) @name body: (_) @body) @definition.package
(package_clause name: (_) @name) @definition.package
(package_object name: (_) @name) @definition.package-object
(class_definition name: (_) @name) @definition.class
(object_definition name: (_) @name) @definition.object
(trait_definition name: (_) @name) @definition.trait
(enum_definition name: (_) @name) @definition.enum
(simple_enum_case name: (_) @name) @definition.case
(full_enum_case name: (_) @name) @definition.case
(type_definition name: (_) @name) @definition.type
(given_definition name: (_) @name) @definition.given
(given_definition !name return_type: (_) @name) @definition.given
(function_definition name: (_) @name) @definition.function
(function_declaration name: (_) @name) @definition.function
(class_parameter ["val" "var"] @start name: (_) @name default_value: (_) @value) @definition.parameter
(class_parameter ["val" "var"] @start name: (_) @name) @definition.parameter
(class_parameter name: (_) @name default_value: (_) @value) @definition.parameter
(class_parameter name: (_) @name) @definition.parameter

(val_definition "val" @start pattern: (identifier) @name value: (_) @value) @definition.val
(val_definition "val" @start pattern: (operator_identifier) @name value: (_) @value) @definition.val
(val_definition "val" @start pattern: (identifiers (_) @name) value: (_) @value) @definition.val
(var_definition "var" @start pattern: (identifier) @name value: (_) @value) @definition.var
(var_definition "var" @start pattern: (identifiers (_) @name) value: (_) @value) @definition.var
(val_declaration "val" @start name: (_) @name) @definition.val
(var_declaration "var" @start name: (_) @name) @definition.var
; Names in a pattern.
(val_definition "val" @start pattern: (capture_pattern name: (identifier) @name) value: (_) @value) @definition.val
(val_definition "val" @start pattern: (_ (capture_pattern name: (identifier) @name)) value: (_) @value) @definition.val
(val_definition "val" @start pattern: (_ (identifier) @name) value: (_) @value) @definition.bound
(val_definition "val" @start pattern: (_ (_ (identifier) @name)) value: (_) @value) @definition.bound
(val_definition "val" @start pattern: (_ (_ (_ (identifier) @name))) value: (_) @value) @definition.bound

(_ (annotation) @decorator) @decorated

(import_declaration) @import.import
(export_declaration) @import.export

(function_definition (annotation name: (type_identifier) @is.main)) @main
(object_definition body: (template_body (function_definition name: (identifier) @is.main) @main))

(comment) @comment
(block_comment) @comment
(string) @string
(character_literal) @string
(interpolated_string) @string
(interpolation) @code

; As Lizard counts forks, but for "catch" and "do" beside their cases and "while".
(if_expression consequence: (_) @branch)
(if_expression alternative: (_) @else)
(if_expression alternative: (if_expression consequence: (_) @elif))
(if_expression alternative: (if_expression) @join)
(for_expression body: (_) @branch)
(while_expression body: (_) @branch)
(do_while_expression body: (_) @branch)
(match_expression body: (_) @choice)
(catch_clause) @choice
[(case_clause) (guard)] @fork
(infix_expression operator: (_) @fork @is.two-ampersands)
(infix_expression operator: (_) @fork @is.two-bars)
(infix_expression operator: (_) @logic @is.two-ampersands)
(infix_expression operator: (_) @logic @is.two-bars)
(infix_expression [left: (infix_expression operator: (_) @same @is.two-ampersands) right: (infix_expression operator: (_) @same @is.two-ampersands)]
  operator: (_) @is.two-ampersands)
(infix_expression [left: (infix_expression operator: (_) @same @is.two-bars) right: (infix_expression operator: (_) @same @is.two-bars)]
  operator: (_) @is.two-bars)
(lambda_expression) @lambda
(call_expression arguments: (case_block) @lambda)
