(variable_declaration (identifier) @name (struct_declaration) @body) @definition.struct
(variable_declaration (identifier) @name (enum_declaration) @body) @definition.enum
(variable_declaration (identifier) @name (union_declaration) @body) @definition.union
(variable_declaration (identifier) @name (error_set_declaration) @body) @definition.error
(variable_declaration "const" . (identifier) @name) @definition.constant
(variable_declaration "var" . (identifier) @name) @definition.variable
(function_declaration name: (identifier) @name) @definition.function
(container_field name: (identifier) @name) @definition.field
(test_declaration (string (string_content) @name) @start (block) @body) @definition.test
(test_declaration . "test" . (identifier) @name (block) @body) @definition.test

(variable_declaration (builtin_function)) @import.import
(function_declaration name: (identifier) @is.main) @main

(comment) @comment
(string) @string
(multiline_string) @string
