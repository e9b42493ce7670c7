"""The gate between what is written and what is public: marks, records, feed."""
