(block . (identifier) @name (body)? @body) @definition.block
(config_file (body (attribute . (identifier) @name) @definition.variable))
(block (body (attribute . (identifier) @name) @definition.variable))

; What a configuration is made of.
(config_file (body (block (body (attribute . (identifier) @is.source) @import.source))))
(block . (identifier) @is.required_providers (body (attribute (expression (collection_value (object (object_elem
  . (expression (variable_expr (identifier) @is.source)))  @import.provider))))))

(comment) @comment
(string_lit) @string
(quoted_template) @string
(heredoc_template) @string
(template_interpolation) @code
