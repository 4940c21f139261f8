"""Plain Python: reads a repository into facts. Knows neither Sphinx nor docutils."""
