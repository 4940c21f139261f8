; What the JavaScript grammar alone has.
(field_definition property: [(property_identifier) (private_property_identifier) (string) (number)] @name
  value: [(arrow_function body: (_) @body) (function_expression body: (_) @body)]) @definition.method
(field_definition property: [(property_identifier) (private_property_identifier) (string) (number)] @name) @definition.field
(field_definition decorator: (decorator) @decorator) @decorated
(method_definition decorator: (decorator) @decorator) @decorated
