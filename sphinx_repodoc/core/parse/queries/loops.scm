; Loops of languages that call them as C does.
(for_statement body: (_) @branch)
(while_statement body: (_) @branch)
(do_statement body: (_) @branch)
