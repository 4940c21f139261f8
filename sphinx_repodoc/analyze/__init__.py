"""Facts that need more than one file, computed once a build."""
