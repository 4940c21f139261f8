"""Joins the outputs of shards into the site that one build would have made.

Knows neither Sphinx nor a repository: what has to be known of a shard lies in its output.
"""
