(object_type_definition (name) @name (fields_definition)? @body) @definition.type
(interface_type_definition (name) @name (fields_definition)? @body) @definition.interface
(enum_type_definition (name) @name (enum_values_definition)? @body) @definition.enum
(input_object_type_definition (name) @name (input_fields_definition)? @body) @definition.input
(union_type_definition (name) @name) @definition.union
(scalar_type_definition (name) @name) @definition.scalar
(directive_definition (name) @name) @definition.directive
(object_type_extension (name) @name (fields_definition)? @body) @definition.extension
(interface_type_extension (name) @name (fields_definition)? @body) @definition.extension
(enum_type_extension (name) @name (enum_values_definition)? @body) @definition.extension
(input_object_type_extension (name) @name (input_fields_definition)? @body) @definition.extension
(union_type_extension (name) @name) @definition.extension
(scalar_type_extension (name) @name) @definition.extension

(field_definition (name) @name) @definition.field
(input_fields_definition (input_value_definition (name) @name) @definition.field)
(enum_value_definition (enum_value (name) @name)) @definition.value

(operation_definition (name) @name (selection_set) @body) @definition.operation
(fragment_definition (fragment_name (name) @name) (selection_set) @body) @definition.fragment

(_ . (description (string_value) @docstring)) @documented

(comment) @comment
(comment) @import.import
(string_value) @string
