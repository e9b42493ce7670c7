"""What the gate tells the applications above it."""

from django.dispatch import Signal

# Sent after a round that wrote something; kwargs: `written`, the number of rows that got a new number, and
# `waited_for`, whether an editor or a reader waits for the round to end.
recorded = Signal()

# Sent by the importer inside the transaction that stored a pulled page; kwargs: `page`, the specific page.
pulled = Signal()

# Sent inside the transaction that removes something from the stored past of a key (`publication.scrub`); kwargs:
# `key`, `pages` and `publications` (primary keys of its pages and of its rows), `clean` (text -> text without what is
# removed) and `blank` (names of fields -> what stands for nothing). Whoever keeps copies of texts removes it there.
scrubbed = Signal()
