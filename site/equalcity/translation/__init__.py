"""What wagtail-localize lacks: a safe wrapper, memory, tree operations."""
