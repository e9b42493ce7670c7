"""Elasticsearch 9: one index for each language, analysed by the rules of that language."""
