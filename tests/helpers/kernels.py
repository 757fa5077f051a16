"""The compiled kernel, as it is installed or else as the compiler of this machine makes it."""

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from softpower.engine.sampling import block, children, histogram
from softpower.engine.sampling.kernel.build import compiled
from softpower.engine.sampling.kernel.loading import LIBRARY, Kernel


@cache
def kernels():
    """Return the kernel for every length of vectors that this processor has; none at all where
    there is no compiler."""
    try:
        longest = Kernel(LIBRARY)
        path = LIBRARY
    except OSError:
        path = Path(mkdtemp(), "kernel.native")
        if not compiled(path):
            return ()
        longest = Kernel(path)
    return (longest, *(Kernel(path, size) for size in (32, 16) if size < longest.bytes))


def some_kernels():
    """Return the same, and skip a test where there is none."""
    return kernels() or pytest.skip("there is no C compiler")


def with_kernel(found, work):
    """Return what some work leads to with a kernel, or with numpy if that is ``None``."""
    with pytest.MonkeyPatch.context() as patched:
        for module in (block, children, histogram):
            patched.setattr(module, "kernel", lambda: found)
        return work()
