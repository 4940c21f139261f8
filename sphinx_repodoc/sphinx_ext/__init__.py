"""The thin glue between the facts and Sphinx."""
