"""Finding the right practice: one query object, engines behind one protocol, the indexer as a subscriber."""
