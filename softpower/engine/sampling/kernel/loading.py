"""The compiled kernel, if there is one: found, loaded, and called with arrays of numpy."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VARIABLE = "SOFTPOWER_KERNEL"
"""The environment variable that switches the kernel off, if it is ``off``."""
LIBRARY = Path(__file__).with_name("kernel.native")
INTERFACE = 3
"""What a library has to say so that it is called as here; one compiled before is left alone."""
ENTRIES = {64: "softpower_count_64", 32: "softpower_count_32", 16: "softpower_count_16"}
"""By the bytes of the vectors that it works with, the name of the function that counts."""


class Kernel:
    """A library that was loaded, for the vectors that this processor has."""

    def __init__(self, path: Path, longest: int = 64) -> None:
        """Load a library.

        Parameters
        ----------
        path
            Where it is.
        longest
            The most bytes of vectors; what the processor does not have is not used.

        Raises
        ------
        OSError
            If it cannot be loaded here, or is of another interface.
        """
        library = ctypes.CDLL(str(path))
        try:
            if library.softpower_interface() != INTERFACE:
                raise OSError(f"{path} is of another interface")
            self.bytes = min(int(library.softpower_bytes()), longest)
            self.count = library[ENTRIES[self.bytes]]
            self.places = library.softpower_places
            self.votes = library[f"softpower_votes_{self.bytes}"]
        except (AttributeError, KeyError) as error:
            raise OSError(f"{path} is not a kernel") from error
        address, whole, number = ctypes.c_void_p, ctypes.c_int64, ctypes.c_double
        sizes = (whole, whole, number, number, number)
        self.count.argtypes = (address, address, address, address, *sizes, address, address)
        self.count.restype = ctypes.c_int32
        self.places.argtypes = (
            *(address, whole, whole, whole, address, address, whole, address, address, whole),
            whole,
        )
        self.places.restype = whole
        self.votes.argtypes = (*[whole] * 3, *[address] * 6, whole, number, address, address)
        self.votes.restype = None

    def __str__(self) -> str:
        """Say what it works with."""
        return f"compiled, vectors of {8 * self.bytes} bits"


@cache
def kernel() -> Kernel | None:
    """Return the kernel, unless there is none here, or it is switched off."""
    if os.environ.get(VARIABLE, "").lower() == "off":
        return None
    try:
        return Kernel(LIBRARY)
    except OSError:
        return None


def in_words() -> str:
    """Say what counts draws: the kernel, or numpy and why."""
    found = kernel()
    if found is not None:
        return str(found)
    if os.environ.get(VARIABLE, "").lower() == "off":
        return f"numpy (the compiled kernel is switched off by {VARIABLE})"
    why = "cannot be loaded here" if LIBRARY.exists() else "was not compiled at installation"
    return f"numpy (the compiled kernel {why})"


def structure(*fields: NDArray[Any] | int | None) -> NDArray[np.int64]:
    """Return a structure of C: of whole numbers of 64 bits, and where arrays are, or 0 for none."""
    import numpy as np

    return np.array([_word(field) for field in fields], np.int64)


def _word(field: NDArray[Any] | int | None) -> int:
    if field is None or isinstance(field, int):
        return field or 0
    return field.ctypes.data
