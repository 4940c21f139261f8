"""Builds small documentations with published extensions and themes beside ours, and without it."""
