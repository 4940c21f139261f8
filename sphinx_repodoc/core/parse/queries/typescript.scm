; What TypeScript adds to JavaScript.
(abstract_class_declaration name: (_) @name) @definition.class
(interface_declaration name: (_) @name) @definition.interface
(type_alias_declaration name: (_) @name) @definition.type
(enum_declaration name: (_) @name) @definition.enum
(enum_body name: [(property_identifier) (string)] @name @definition.member)
(enum_body (enum_assignment name: [(property_identifier) (string)] @name) @definition.member)
(internal_module name: (_) @name) @definition.namespace
(module name: (_) @name) @definition.module
(function_signature name: (_) @name) @definition.function
(method_signature name: [(property_identifier) (private_property_identifier) (string) (number)] @name) @definition.method
(abstract_method_signature name: [(property_identifier) (private_property_identifier) (string) (number)] @name) @definition.method
(interface_body (property_signature name: [(property_identifier) (string) (number)] @name) @definition.property)
(type_alias_declaration value: (object_type
  (property_signature name: [(property_identifier) (string) (number)] @name) @definition.property))
(public_field_definition name: [(property_identifier) (private_property_identifier) (string) (number)] @name
  value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @definition.method
(public_field_definition name: [(property_identifier) (private_property_identifier) (string) (number)] @name) @definition.field
; A parameter of a constructor with a modifier is a field.
(required_parameter [(accessibility_modifier) (override_modifier) "readonly"] pattern: (identifier) @name) @definition.field
(optional_parameter [(accessibility_modifier) (override_modifier) "readonly"] pattern: (identifier) @name) @definition.field

(ambient_declaration (_ (variable_declarator name: (identifier) @name) @definition.variable @start))
; Of a namespace, a module, or ``declare global``.
([(internal_module (statement_block (_ (variable_declarator name: (identifier) @name) @definition.variable @start)))
  (module (statement_block (_ (variable_declarator name: (identifier) @name) @definition.variable @start)))
  ; ``global`` in a module is given to the grammar as a label.
  (module (statement_block (labeled_statement (statement_block
    (_ (variable_declarator name: (identifier) @name) @definition.variable @start)))))
  (ambient_declaration (statement_block (_ (variable_declarator name: (identifier) @name) @definition.variable @start)))])

(ambient_declaration (_) @wrapped) @wrapper
(export_statement declaration: (ambient_declaration (_) @wrapped)) @wrapper.export
(expression_statement (internal_module) @wrapped) @wrapper
(abstract_class_declaration decorator: (decorator) @decorator) @decorated
(public_field_definition decorator: (decorator) @decorator) @decorated
(class_body (decorator) @attribute)
