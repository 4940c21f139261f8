; Of binary expressions: each is a way more, and the first of a sequence of equal ones costs one.
["&&" "||"] @fork
(binary_expression operator: ["&&" "||"] @logic)
(binary_expression [left: (binary_expression operator: "&&" @same) right: (binary_expression operator: "&&" @same)] operator: "&&")
(binary_expression [left: (binary_expression operator: "||" @same) right: (binary_expression operator: "||" @same)] operator: "||")
