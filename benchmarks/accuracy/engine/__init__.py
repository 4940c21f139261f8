"""What all languages share: corpora, comparison, tables."""
