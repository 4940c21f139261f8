; What cython_text makes of declarations. The hooks tell from the text itself what they are.
(expression_statement . (integer) [(identifier) @name (call function: (identifier) @name)] @definition.declared)
(with_statement (with_clause . (with_item value: (identifier) @name) .)) @definition.enum

; Members of enumerations, constructors, functions that are declared without a type.
(with_statement body: (block (expression_statement
  [(identifier) @name (call function: (identifier) @name)] @definition.listed)))
(if_statement consequence: (block (expression_statement
  [(identifier) @name (call function: (identifier) @name)] @definition.listed)))
(class_definition body: (block (expression_statement . (call function: (identifier) @name) @definition.listed .)))

(with_statement (with_clause . (with_item value: (string) @import.extern) .))
(expression_statement . (integer) . (string) @import.include .)
