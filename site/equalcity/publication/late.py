"""Recording that cannot wait: a reader asks for something that was hidden since it was recorded."""

from equalcity.publication import marks
from equalcity.publication.record import record_objects


def record_now(pages: list[int]) -> None:
    """Record these pages before they are read; other readers and the worker may do the same at the same time."""
    for pk in pages:
        marks.mark("page", pk, record_later=False)
    record_objects([("page", pk) for pk in pages], waited_for=True)
