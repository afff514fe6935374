"""A gateway that fails time after time is left alone for a while, so that nobody waits for it in vain."""

import threading
import time
from collections.abc import Callable


class CircuitBreaker:
    """Opens after `failures` in a row; after `open_s` one trial call goes through. Machine time only."""

    def __init__(
        self, failures: int = 5, open_s: float = 30.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = failures
        self._open_s = open_s
        self._clock = clock
        self._lock = threading.Lock()
        self._failed = 0
        self._closed_again_at = 0.0

    def allows(self) -> bool:
        """Whether a call may go out now; a trial call pushes the next one back."""
        with self._lock:
            if self._failed < self._limit:
                return True
            now = self._clock()
            if now < self._closed_again_at:
                return False
            self._closed_again_at = now + self._open_s
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= self._limit:
                self._closed_again_at = self._clock() + self._open_s
