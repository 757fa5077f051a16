"""A property that is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class lockfree_cached_property(Generic[T]):  # noqa: N801  a decorator, named like ``property``
    """``functools.cached_property`` without a lock.

    Before Python 3.12 that one lets only one thread at a time work out a property, whatever object
    it belongs to; threads that each have objects of their own then wait for one another.
    """

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> Self: ...
    @overload
    def __get__(self, owner: object, kind: type) -> T: ...
    def __get__(self, owner: object | None, kind: type) -> T | Self:
        """Work the value out, and leave it where it will be found instead of this."""
        if owner is None:
            return self
        value = self._work(owner)
        owner.__dict__[self._work.__name__] = value
        return value
