"""The sensitisation campaign: landing pages, stories, events and materials will stand here."""
