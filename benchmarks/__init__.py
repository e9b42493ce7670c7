"""What the product costs, measured beside stock Wagtail on the same machine, database and content."""
