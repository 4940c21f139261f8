(class_declaration "class" name: (_) @name) @definition.class
(class_declaration "struct" name: (_) @name) @definition.struct
(class_declaration "enum" name: (_) @name) @definition.enum
(class_declaration "actor" name: (_) @name) @definition.actor
(class_declaration "extension" name: (_) @name) @definition.extension
(protocol_declaration name: (_) @name) @definition.protocol
(function_declaration "func" . name: _ @name) @definition.function
(protocol_function_declaration "func" . name: _ @name) @definition.function
(init_declaration "init" @name) @definition.init
(deinit_declaration "deinit" @name) @definition.deinit
(subscript_declaration "subscript" @name (computed_property) @body) @definition.subscript
(subscript_declaration "subscript" @name) @definition.subscript
(enum_entry name: (simple_identifier) @name) @definition.case
(typealias_declaration name: (type_identifier) @name) @definition.typealias
(associatedtype_declaration name: (type_identifier) @name) @definition.associatedtype
(operator_declaration "operator" . (_) @name) @definition.operator
(precedence_group_declaration . (simple_identifier) @name "{" @body) @definition.precedencegroup
(macro_declaration "macro" . (simple_identifier) @name definition: (_) @body) @definition.macro
(macro_declaration "macro" . (simple_identifier) @name) @definition.macro
(property_declaration name: (pattern (simple_identifier) @name)) @definition.property
(property_declaration name: (pattern (pattern (simple_identifier) @name))) @definition.property
(property_declaration name: (pattern (pattern (pattern (simple_identifier) @name)))) @definition.property
(protocol_property_declaration name: (pattern (simple_identifier) @name)) @definition.property

(_ (modifiers (attribute) @decorator)) @decorated

(import_declaration) @import.import

(class_declaration (modifiers (attribute (user_type (type_identifier) @is.main)))) @main
(class_declaration (modifiers (attribute (user_type (type_identifier) @is.UIApplicationMain)))) @main
(class_declaration (modifiers (attribute (user_type (type_identifier) @is.NSApplicationMain)))) @main

(shebang_line) @comment
(comment) @comment
(multiline_comment) @comment
(line_string_literal) @string
(multi_line_string_literal) @string
(raw_string_literal) @string
(regex_literal) @string
(interpolated_expression) @code
(raw_str_interpolation) @code

; As Lizard counts forks. Blocks are no nodes, only what is in them.
[(if_statement (statements) @branch) (guard_statement (statements) @branch) (for_statement (statements) @branch)
  (while_statement (statements) @branch) (repeat_while_statement (statements) @branch) (catch_block (statements) @branch)]
([(if_statement "{" @branch . [(comment) (multiline_comment)]* . "}")
  (guard_statement "{" @branch . [(comment) (multiline_comment)]* . "}")
  (for_statement "{" @branch . [(comment) (multiline_comment)]* . "}")
  (while_statement "{" @branch . [(comment) (multiline_comment)]* . "}")
  (repeat_while_statement "{" @branch . [(comment) (multiline_comment)]* . "}")
  (catch_block "{" @branch . [(comment) (multiline_comment)]* . "}")])
(if_statement (else) (statements) @else)
(if_statement (else) "{" @else . [(comment) (multiline_comment)]* . "}")
(if_statement (else) (if_statement (statements) @elif))
(if_statement (else) (if_statement "{" @elif . [(comment) (multiline_comment)]* . "}"))
(switch_statement) @choice
(switch_entry "case" @fork)
(ternary_expression) @ternary
(ternary_expression) @fork
["&&" "||"] @fork
[(conjunction_expression op: _ @logic) (disjunction_expression op: _ @logic)]
(conjunction_expression [lhs: (conjunction_expression op: _ @same) rhs: (conjunction_expression op: _ @same)])
(disjunction_expression [lhs: (disjunction_expression op: _ @same) rhs: (disjunction_expression op: _ @same)])
(lambda_literal) @lambda
(control_transfer_statement ["break" "continue"] result: (_)) @jump
