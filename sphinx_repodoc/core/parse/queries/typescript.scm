; What TypeScript adds to JavaScript.
(abstract_class_declaration name: (_) @name) @definition.class
(interface_declaration name: (_) @name) @definition.interface
(type_alias_declaration name: (_) @name) @definition.type
(enum_declaration name: (_) @name) @definition.enum
(enum_body name: (property_identifier) @name @definition.member)
(enum_body (enum_assignment name: (property_identifier) @name) @definition.member)
(internal_module name: (_) @name) @definition.namespace
(module name: (_) @name) @definition.module
(function_signature name: (_) @name) @definition.function
(method_signature name: [(property_identifier) (private_property_identifier)] @name) @definition.method
(abstract_method_signature name: [(property_identifier) (private_property_identifier)] @name) @definition.method
(interface_body (property_signature name: (property_identifier) @name) @definition.property)
(public_field_definition name: [(property_identifier) (private_property_identifier)] @name
  value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @definition.method
(public_field_definition name: [(property_identifier) (private_property_identifier)] @name) @definition.field

(ambient_declaration (lexical_declaration (variable_declarator name: (identifier) @name) @definition.constant))
(ambient_declaration (variable_declaration (variable_declarator name: (identifier) @name) @definition.variable))
(ambient_declaration (_) @wrapped) @wrapper
(export_statement declaration: (ambient_declaration (_) @wrapped)) @wrapper.export
(expression_statement (internal_module) @wrapped) @wrapper
(abstract_class_declaration decorator: (decorator) @decorator) @decorated
(public_field_definition decorator: (decorator) @decorator) @decorated
(class_body (decorator) @attribute)
