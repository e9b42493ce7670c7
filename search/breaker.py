"""A circuit breaker: who did not answer is left alone for a while, then asked once."""

import threading
import time
from collections.abc import Callable

FIRST_REST = 2.0  # seconds after the first failure
LONGEST_REST = 30.0


class Breaker:
    """Closed while all is well. A failure opens it; after a rest one question is let through as a probe.

    Each failed probe doubles the rest, up to `LONGEST_REST` seconds. Safe between threads; every process has its own.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._rest = 0.0
        self._until = 0.0

    def allows(self) -> bool:
        """Return whether to ask now; of many that ask after a rest, one is let through."""
        with self._lock:
            if not self._rest:
                return True
            if self._clock() < self._until:
                return False
            self._until = self._clock() + self._rest
            return True

    def succeeded(self) -> None:
        """Close it."""
        with self._lock:
            self._rest = 0.0

    def failed(self) -> None:
        """Open it, for longer each time."""
        with self._lock:
            self._rest = min(self._rest * 2, LONGEST_REST) if self._rest else FIRST_REST
            self._until = self._clock() + self._rest
