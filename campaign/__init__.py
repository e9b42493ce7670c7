"""The campaign: its landing pages, stories, events and materials."""
