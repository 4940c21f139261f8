"""Facts in, page content and docutils nodes out."""
