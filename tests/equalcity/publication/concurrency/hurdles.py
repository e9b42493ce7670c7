"""Pauses at the place where a rendering can be overtaken: what is rare in seconds on one machine then happens often.

Nothing is replaced: the real function is called, and sometimes what it gives arrives late.
"""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from equalcity.publication import record

CHANCE = 0.25
# In times of what the rendering took: others can publish and record the same page meanwhile, however slow all is.
LONGEST = 10


@contextmanager
def put_up() -> Iterator[None]:
    """Processes that are forked in here bring one of four renderings late to the lock."""
    real = record.prepare

    @wraps(real)
    def late(*arguments: Any) -> Any:
        began = time.monotonic()
        prepared = real(*arguments)
        if random.random() < CHANCE:
            time.sleep(random.uniform(0, LONGEST) * (time.monotonic() - began))
        return prepared

    record.prepare = late
    try:
        yield
    finally:
        record.prepare = real
