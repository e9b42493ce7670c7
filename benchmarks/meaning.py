"""Vectors of meaning for the measured pages, drawn at random: the model would take half an hour to make them."""

import numpy as np
from django.utils import timezone

from benchmarks.environment import SEED
from search.embedding import DIMENSIONS
from search.models import Entry

# Of a page without other words: its title, its summary, and both together.
OF_A_PAGE = 3


def draw_vectors() -> None:
    """Give pages that have none vectors as many and as large as the model's.

    A search reads the query with the model, and compares it with them as with the model's own. Only which pages are
    near to it is chance.
    """
    chance = np.random.default_rng(SEED)
    entries = list(Entry.objects.filter(embedding=None).only("pk").order_by("pk"))
    for entry in entries:
        entry.embedding = chance.integers(-127, 128, OF_A_PAGE * DIMENSIONS, dtype=np.int8).tobytes()
        entry.embedded_at = timezone.now()
    Entry.objects.bulk_update(entries, ["embedding", "embedded_at"], batch_size=200)
