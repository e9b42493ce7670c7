"""What the gate tells the applications above it."""

from django.dispatch import Signal

# Sent after a round that wrote something; kwargs: `written`, the number of rows that got a new number, and
# `waited_for`, whether an editor or a reader waits for the round to end.
recorded = Signal()

# Sent by the importer inside the transaction that stored a pulled page; kwargs: `page`, the specific page.
pulled = Signal()
