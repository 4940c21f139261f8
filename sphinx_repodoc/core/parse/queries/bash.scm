(function_definition name: (word) @name) @definition.function
; A head whose body has an error in it: where the function ends is not known.
(_ (command . (command_name (word) @name @definition.function) .) . (ERROR . "(" . ")") @broken)
(ERROR (word) @name @definition.function . "(" . ")") @broken
(command name: (command_name (word) @is.alias) argument: (_) @name @definition.alias)

; Names that the script assigns, wherever that changes the shell itself and not a copy of it.
(variable_assignment name: (variable_name) @name "=") @definition.variable
(declaration_command (variable_assignment) @wrapped) @wrapper
(declaration_command "readonly" (variable_name) @fixed)
(subshell) @hidden
(command_substitution) @hidden
(process_substitution) @hidden
(pipeline) @hidden
(command (variable_assignment) name: (_) @run) @prefixed

(command name: (command_name (word) @is.source)) @import.source
(command name: (command_name (word) @is..)) @import.source
(function_definition body: (_) @deferred)

(program (command name: (command_name (word) @is.main)) @main)

(comment) @comment
(string) @string
(raw_string) @string
(ansi_c_string) @string
(heredoc_start) @string
(heredoc_body) @string
(heredoc_end) @string
(expansion) @code
(simple_expansion) @code
(command_substitution) @code
(arithmetic_expansion) @code
