"""One module a language with a grammar: its row of the table and what its query cannot say."""
