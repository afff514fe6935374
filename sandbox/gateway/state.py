"""What the sandbox gateway remembers: demo people and entities, payments, consents, keys already seen."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sandbox.gateway import registers

_KEPT = ("persons", "entities", "payments", "autopay", "counter")


class State:
    """In memory, and in a small file where a path is given; `changing()` guards every access."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.RLock()
        self.persons: dict[str, dict[str, Any]] = dict(registers.PERSONS)
        self.entities: dict[str, dict[str, Any]] = dict(registers.ENTITIES)
        self.payments: dict[str, dict[str, Any]] = {}
        self.autopay: dict[str, list[str]] = {}
        self.counter = 0
        self.consents: dict[str, dict[str, Any]] = {}
        self.keys: dict[str, str] = {}
        self.failures: dict[str, int] = defaultdict(int)
        self.calls: list[str] = []
        self.mode = "up"
        self.delay_s = 0.0
        if path is not None and path.exists():
            for name, value in json.loads(path.read_text(encoding="utf-8")).items():
                setattr(self, name, value)

    @contextmanager
    def changing(self) -> Iterator[None]:
        with self._lock:
            yield
            if self._path is not None:
                self._save(self._path)

    def next_number(self) -> int:
        self.counter += 1
        return self.counter

    def _save(self, path: Path) -> None:
        content = json.dumps({name: getattr(self, name) for name in _KEPT}, ensure_ascii=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        draft.write_text(content, encoding="utf-8")
        draft.replace(path)
