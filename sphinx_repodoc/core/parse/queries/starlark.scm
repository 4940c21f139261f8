; Rules that are called with a name outright.
(expression_statement (call function: [(identifier) (attribute)] arguments: (argument_list
  (keyword_argument name: (identifier) @is.name value: (string . (string_start) . (string_content) @name . (string_end) .)))) @definition.target)

(call function: (identifier) @is.load) @import.load
(call function: (identifier) @is.bazel_dep) @import.bazel_dep
(call function: (identifier) @is.use_extension) @import.use_extension
