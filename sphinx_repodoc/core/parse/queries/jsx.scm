; Text between the tags of JSX is no code.
(jsx_text) @string
