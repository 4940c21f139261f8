(header module: (module) @name) @definition.module

(data_type name: (_) @name) @definition.data
(data_type (infix operator: (_) @name)) @definition.data
(newtype name: (_) @name) @definition.newtype
(newtype (infix operator: (_) @name)) @definition.newtype
(type_synonym name: (_) @name) @definition.type
(type_synonym . (infix operator: (_) @name)) @definition.type
(type_family name: (_) @name) @definition.type-family
(type_family (infix operator: (_) @name)) @definition.type-family
(data_family name: (_) @name) @definition.data-family
(data_family (infix operator: (_) @name)) @definition.data-family
(class name: (_) @name) @definition.class
(class (infix operator: (_) @name)) @definition.class
(instance name: (_) @name) @definition.instance
(instance (infix operator: (_) @name)) @definition.instance

(data_constructor constructor: (_ name: (_) @name)) @definition.constructor
(data_constructor constructor: (infix operator: (_) @name)) @definition.constructor
(newtype_constructor name: (_) @name) @definition.constructor
(gadt_constructor name: (_) @name) @definition.constructor
(gadt_constructor names: (binding_list name: (_) @name)) @definition.constructor
(field name: (field_name (_) @name)) @definition.field

(declarations (signature name: (_) @name) @definition.function)
(declarations (signature names: (binding_list name: (_) @name)) @definition.function)
(declarations (function name: (_) @name match: (_) @body) @definition.function)
(declarations (function (infix operator: (_) @name) match: (_) @body) @definition.function)
(declarations (bind name: (_) @name match: (_) @body) @definition.function)
(declarations (foreign_import signature: (signature name: (_) @name)) @definition.function)
(declarations (pattern_synonym (signature synonym: (constructor) @name)) @definition.pattern)
(declarations (pattern_synonym (signature synonym: (binding_list (_) @name))) @definition.pattern)
(declarations (pattern_synonym (equation synonym: (constructor) @name)) @definition.pattern)
(declarations (pattern_synonym (equation synonym: (infix operator: (_) @name))) @definition.pattern)
(declarations (pattern_synonym (equation synonym: (record constructor: (_) @name))) @definition.pattern)
(declarations (pattern_synonym (equation synonym: (apply) @name)) @definition.pattern)
(class_declarations (signature name: (_) @name) @definition.method)
(class_declarations (signature names: (binding_list name: (_) @name)) @definition.method)
(class_declarations (function name: (_) @name match: (_) @body) @definition.method)
(class_declarations (function (infix operator: (_) @name) match: (_) @body) @definition.method)
(class_declarations (bind name: (_) @name match: (_) @body) @definition.method)
(instance_declarations (function name: (_) @name match: (_) @body) @definition.method)
(instance_declarations (function (infix operator: (_) @name) match: (_) @body) @definition.method)
(instance_declarations (bind name: (_) @name match: (_) @body) @definition.method)

(import) @import.import
(header exports: (exports) @exports)

(declarations (bind name: (variable) @is.main) @main)
(declarations (function name: (variable) @is.main) @main)

(comment) @comment
(haddock) @comment
(pragma) @preamble
(string) @string
(char) @string
(quasiquote_body) @string
