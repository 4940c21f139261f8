; Of a definition without a body the signature ends before its "end".
(class name: (constant) @name body: (_)) @definition.class
(class name: (scope_resolution scope: (_) @prefix name: (constant) @name) body: (_)) @definition.class
(class name: (scope_resolution !scope name: (constant) @name)) @definition.class
(class name: (constant) @name "end" @body) @definition.class
(class name: (scope_resolution scope: (_) @prefix name: (constant) @name) "end" @body) @definition.class
(module name: (constant) @name body: (_)) @definition.module
(module name: (scope_resolution scope: (_) @prefix name: (constant) @name) body: (_)) @definition.module
(module name: (scope_resolution !scope name: (constant) @name)) @definition.module
(module name: (constant) @name "end" @body) @definition.module
(module name: (scope_resolution scope: (_) @prefix name: (constant) @name) "end" @body) @definition.module
(singleton_class value: (parenthesized_statements (assignment left: (_) @name))) @scope
(singleton_class value: (assignment left: (_) @name)) @scope
(singleton_class value: (_) @name) @scope

(method name: (_) @name body: (_)) @definition.method
(method name: (_) @name "end" @body) @definition.method
(singleton_method object: (self) @start name: (_) @name body: (_)) @definition.method
(singleton_method object: (self) @start name: (_) @name "end" @body) @definition.method
(singleton_method object: (_) @prefix name: (_) @name body: (_)) @definition.method
(singleton_method object: (_) @prefix name: (_) @name "end" @body) @definition.method
(call !receiver method: (identifier) @is.define_method
  arguments: (argument_list . [(simple_symbol) (string)] @name) block: (_)? @body) @definition.method @start
(alias name: (_) @name) @definition.alias @start
(call !receiver method: (identifier) @is.alias_method
  arguments: (argument_list . [(simple_symbol) (string)] @name)) @definition.alias @start

(call !receiver method: (identifier) @is.attr_accessor
  arguments: (argument_list [(simple_symbol) (string)] @name @definition.property @wrapped)) @wrapper.attr_accessor
(call !receiver method: (identifier) @is.attr_reader
  arguments: (argument_list [(simple_symbol) (string)] @name @definition.property @wrapped)) @wrapper.attr_reader
(call !receiver method: (identifier) @is.attr_writer
  arguments: (argument_list [(simple_symbol) (string)] @name @definition.property @wrapped)) @wrapper.attr_writer
(call !receiver method: (identifier) @is.attr
  arguments: (argument_list [(simple_symbol) (string)] @name @definition.property @wrapped)) @wrapper.attr

; Classes made by a call, and the members of a struct.
(assignment left: [(constant) @name (scope_resolution scope: (_) @prefix name: (constant) @name)]
  right: (call receiver: (constant) @is.Struct method: (identifier) @is.new block: (_)? @body)) @definition.class @start
(assignment left: [(constant) @name (scope_resolution scope: (_) @prefix name: (constant) @name)]
  right: (call receiver: (constant) @is.Data method: (identifier) @is.define block: (_)? @body)) @definition.class @start
(assignment left: [(constant) @name (scope_resolution scope: (_) @prefix name: (constant) @name)]
  right: (call receiver: (constant) @is.Class method: (identifier) @is.new block: (_)? @body)) @definition.class @start
(assignment left: [(constant) @name (scope_resolution scope: (_) @prefix name: (constant) @name)]
  right: (call receiver: (constant) @is.Module method: (identifier) @is.new block: (_)? @body)) @definition.module @start
(call receiver: (constant) @is.Struct method: (identifier) @is.new
  arguments: (argument_list (simple_symbol) @name @definition.member))
(call receiver: (constant) @is.Data method: (identifier) @is.define
  arguments: (argument_list (simple_symbol) @name @definition.member))

(assignment left: (constant) @name) @definition.constant
(assignment left: (scope_resolution scope: (_)? @prefix name: (constant) @name)) @definition.constant @start
(assignment left: (left_assignment_list (constant) @name)) @definition.constant @start
(operator_assignment left: (constant) @name) @definition.constant
(operator_assignment left: (scope_resolution scope: (_)? @prefix name: (constant) @name)) @definition.constant @start

; Who may use what: for all that follows, or for what is named or defined in the arguments.
[(body_statement (identifier) @is.public @switch) (block_body (identifier) @is.public @switch) (program (identifier) @is.public @switch)]
[(body_statement (identifier) @is.protected @switch) (block_body (identifier) @is.protected @switch) (program (identifier) @is.protected @switch)]
[(body_statement (identifier) @is.private @switch) (block_body (identifier) @is.private @switch) (program (identifier) @is.private @switch)]
[(body_statement (identifier) @is.module_function @switch) (block_body (identifier) @is.module_function @switch) (program (identifier) @is.module_function @switch)]
(call !receiver method: (identifier) @is.public arguments: (_)) @restricted
(call !receiver method: (identifier) @is.protected arguments: (_)) @restricted
(call !receiver method: (identifier) @is.private arguments: (_)) @restricted
(call !receiver method: (identifier) @is.private_class_method arguments: (_)) @restricted
(call !receiver method: (identifier) @is.private_constant arguments: (_)) @restricted
(call !receiver method: (identifier) arguments: (argument_list . [(method) (singleton_method)] @wrapped)) @wrapper
(call !receiver !arguments method: (identifier) @is.sig block: (_)) @attribute

(call !receiver method: (identifier) @is.require arguments: (argument_list . (string) .)) @import.require
(call !receiver method: (identifier) @is.require_relative arguments: (argument_list . (string) .)) @import.require_relative
(call !receiver method: (identifier) @is.load arguments: (argument_list . (string))) @import.load
(call !receiver method: (identifier) @is.autoload arguments: (argument_list . (_) . (string) .)) @import.autoload
(method body: (_) @deferred)
(singleton_method body: (_) @deferred)

(program (if condition: (binary left: (identifier) @is.__FILE__)) @main)
(program (if condition: (binary right: (identifier) @is.__FILE__)) @main)
(program (if_modifier condition: (binary left: (identifier) @is.__FILE__)) @main)
(program (if_modifier condition: (binary right: (identifier) @is.__FILE__)) @main)

(comment) @comment
(string) @string
(string_array) @string
(heredoc_beginning) @string
(heredoc_body) @string
(regex) @string
(subshell) @string
(character) @string
(uninterpreted) @string
(interpolation) @code

; As RuboCop counts forks, but for blocks.
[(if consequence: (_) @branch) (unless consequence: (_) @branch)]
(elsif consequence: (_) @elif)
[(if alternative: (else) @else) (elsif alternative: (else) @else) (unless alternative: (else) @else)]
[(if_modifier body: (_) @branch) (unless_modifier body: (_) @branch)]
[(while body: (_) @branch) (until body: (_) @branch) (for body: (_) @branch)]
[(while_modifier body: (_) @branch) (until_modifier body: (_) @branch)]
[(rescue body: (_) @branch) (rescue !body) @branch (rescue_modifier handler: (_) @branch)]
[(case) (case_match)] @choice
[(when) (in_clause)] @fork
(conditional) @ternary
(conditional) @fork
["&&" "||" "and" "or" "&&=" "||=" "&."] @fork
(binary operator: ["&&" "||" "and" "or"] @logic)
(binary [left: (binary operator: ["&&" "and"] @same) right: (binary operator: ["&&" "and"] @same)] operator: ["&&" "and"])
(binary [left: (binary operator: ["||" "or"] @same) right: (binary operator: ["||" "or"] @same)] operator: ["||" "or"])
[(block) (do_block)] @inner
