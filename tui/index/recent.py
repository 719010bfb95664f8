"""What was read from an index last, up to a bound, so that memory does not grow with what is asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Recent(Generic[_Key, _Value]):
    """The values asked for last, each read when it is not there."""

    def __init__(self, most: int, weight: Callable[[_Value], int] | None = None) -> None:
        """Keep values whose weights together are at most `most`, and the last one always; each weighs 1 if not told."""
        self._most = most
        self._weight = weight or (lambda _: 1)
        self._kept: OrderedDict[_Key, _Value] = OrderedDict()
        self._sum = 0

    def __iter__(self) -> Iterator[_Key]:
        """Yield the keys of what is kept, the one asked for last at the end."""
        return iter(self._kept)

    def get(self, key: _Key, read: Callable[[], _Value]) -> _Value:
        """Return the value of a key, from memory or from `read`."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        # Reading may ask for others, so room is made after it.
        value = self._kept[key] = read()
        self._sum += self._weight(value)
        while self._sum > self._most and len(self._kept) > 1:
            self._sum -= self._weight(self._kept.popitem(last=False)[1])
        return value

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._sum = 0
