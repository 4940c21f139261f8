(namespace_definition name: (namespace_name) @name) @definition.namespace
(class_declaration name: (name) @name) @definition.class
(interface_declaration name: (name) @name) @definition.interface
(trait_declaration name: (name) @name) @definition.trait
(enum_declaration name: (name) @name) @definition.enum
(enum_case name: (name) @name) @definition.case
(function_definition name: (name) @name) @definition.function
(method_declaration name: (name) @name) @definition.method
(anonymous_class "class" @name) @scope

(property_declaration type: (_) @start . (property_element name: (variable_name (name) @name)) @definition.property)
(property_element name: (variable_name (name) @name) @start) @definition.property
(property_promotion_parameter type: (_) @start name: (variable_name (name) @name)) @definition.property
(property_promotion_parameter name: (variable_name (name) @name) @start) @definition.property
(const_element . (name) @name) @definition.constant
(function_call_expression function: [(name) @is.define (qualified_name (name) @is.define)]
  arguments: (arguments . (argument [(string) (encapsed_string)] @name))) @definition.define @start

(property_declaration (property_element) @wrapped) @wrapper
(const_declaration (const_element) @wrapped) @wrapper
(expression_statement (function_call_expression function: [
  (name) @is.define (qualified_name (name) @is.define)]) @wrapped) @wrapper
(method_declaration (visibility_modifier) @access) @restricted
(property_promotion_parameter (visibility_modifier) @access) @restricted
(property_declaration (visibility_modifier) @access (property_element) @restricted)
(const_declaration (visibility_modifier) @access (const_element) @restricted)
(_ attributes: (attribute_list (attribute_group) @decorator)) @decorated

(namespace_use_declaration) @import.use
(require_expression) @import.require
(require_once_expression) @import.require_once
(include_expression) @import.include
(include_once_expression) @import.include_once
(function_definition body: (_) @deferred)
(method_declaration body: (_) @deferred)
(anonymous_function body: (_) @deferred)

(php_tag) @preamble
(declare_statement) @preamble

(comment) @comment
(text) @string
(string) @string
(encapsed_string) @string
(encapsed_string (_) @code)
(heredoc_start) @string
(heredoc_body) @string
(heredoc_body (_) @code)
(heredoc_end) @string
(nowdoc_body) @string
(shell_command_expression) @string
(shell_command_expression (_) @code)
(string_content) @string
(escape_sequence) @string

; As Lizard counts forks.
(if_statement body: (_) @branch)
(else_if_clause body: (_) @elif)
(else_clause body: (_) @else)
(else_clause body: (if_statement body: (_) @elif))
(else_clause body: (if_statement) @join)
(foreach_statement body: (_) @branch)
(catch_clause body: (compound_statement) @branch)
(switch_statement body: (switch_block) @choice)
(case_statement) @fork
(match_expression body: (match_block) @choice)
(conditional_expression) @ternary
(conditional_expression) @fork
["and" "or"] @fork
(binary_expression operator: ["and" "or"] @logic)
(arrow_function body: (_) @lambda)
(anonymous_function body: (_) @lambda)
(goto_statement) @jump
