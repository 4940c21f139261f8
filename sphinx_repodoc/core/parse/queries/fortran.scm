(module (module_statement (name) @name)) @definition.module
(submodule (submodule_statement (name) @name)) @definition.submodule
(program (program_statement (name) @name)) @definition.program
(block_data (block_data_statement (name) @name)) @definition.block-data
(subroutine (subroutine_statement name: (name) @name)) @definition.subroutine
(function (function_statement name: (name) @name)) @definition.function
(module_procedure (module_procedure_statement name: (name) @name)) @definition.module-procedure
(interface (interface_statement (name) @name)) @definition.interface
(interface (interface_statement (operator) @name)) @definition.interface
(interface (interface_statement (assignment) @name)) @definition.interface
(interface (interface_statement (defined_io_procedure) @name)) @definition.interface
(derived_type_definition (derived_type_statement (type_name) @name)) @definition.type
(entry_statement name: (name) @name) @definition.entry
(enumerator_statement declarator: (identifier) @name) @definition.enumerator
(enumerator_statement declarator: (init_declarator left: (identifier) @name)) @definition.enumerator
(variable_declaration declarator: (identifier) @name) @definition.variable
(variable_declaration declarator: (init_declarator left: (identifier) @name)) @definition.variable
(variable_declaration declarator: (init_declarator left: (sized_declarator . (identifier) @name))) @definition.variable
(variable_declaration declarator: (pointer_init_declarator left: (identifier) @name)) @definition.variable
(variable_declaration declarator: (pointer_init_declarator left: (sized_declarator . (identifier) @name))) @definition.variable
(variable_declaration declarator: (sized_declarator . (identifier) @name)) @definition.variable
(derived_type_procedures (procedure_statement declarator: (method_name) @name) @definition.method)
(derived_type_procedures (procedure_statement declarator: (binding (binding_name) @name)) @definition.method)
(derived_type_procedures (generic_statement declarator: (binding_list (binding_name) @name)) @definition.generic)
(preproc_def name: (identifier) @name) @definition.macro
(preproc_function_def name: (identifier) @name) @definition.macro

(use_statement) @import.use
(include_statement) @import.include
(preproc_include) @import.include
(submodule_statement) @import.submodule

(private_statement) @private
(public_statement) @public
(program_statement) @main
(comment) @comment
(string_literal) @string
