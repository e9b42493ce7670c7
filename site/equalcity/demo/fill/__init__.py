"""Texts of one language -> fields of a page in memory: one module for each group of page types."""
