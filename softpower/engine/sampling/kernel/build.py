"""Compiles the kernel where there is a C compiler: while softpower is installed, or by itself.

Without a compiler, or with one that fails, softpower is complete all the same: numpy does the work.
``CC`` names the compiler, as everywhere; after a change of the source of a checkout::

    python softpower/engine/sampling/kernel/build.py
"""

from __future__ import annotations

import os
import platform
import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).parent
VECTORISED = HERE / "kernel.c", HERE / "votes.c"
PLAIN = HERE / "places.c"
LIBRARY = "kernel.native"
"""The name of what is compiled, on every system; a module of Python it is not."""
FLAGS = ("-O3", "-std=c11", "-fPIC", "-ffp-contract=fast", "-w")
VECTORS = {
    64: ("-mavx512f", "-mavx512dq", "-mavx512bw", "-mavx512vl", "-mavx2", "-mfma"),
    32: ("-mavx2", "-mfma"),
}
"""What asks the compiler for longer vectors, on processors of PCs; used only where there are."""
PATIENCE = 120
"""Seconds that a compiler may take."""


def compiled(to: Path, compiler: str | None = None) -> bool:
    """Compile the kernel into a file, and say whether that could be done.

    Parameters
    ----------
    to
        The file; nothing is written if a step fails.
    compiler
        The command; ``$CC`` or else ``cc`` if left out.
    """
    command = shlex.split(compiler or os.environ.get("CC") or "cc")
    if os.name != "posix" or not command or shutil.which(command[0]) is None:
        return False
    longer = VECTORS if platform.machine() in {"x86_64", "AMD64"} and not _universal() else {}
    with tempfile.TemporaryDirectory() as room:
        objects, steps = [], []
        for size, flags in {16: ("-DLONGER",) if longer else (), **longer}.items():
            for source in VECTORISED:
                objects.append(f"{room}/{source.stem}{size}.o")
                own = (f"-DBYTES={size}", *flags, "-c", str(source), "-o", objects[-1])
                steps.append([*command, *FLAGS, *own])
        built = Path(room, LIBRARY)
        objects.append(f"{room}/{PLAIN.stem}.o")
        steps.append([*command, *FLAGS, "-c", str(PLAIN), "-o", objects[-1]])
        steps.append([*command, "-shared", *objects, "-o", str(built)])
        try:
            for step in steps:
                subprocess.run(step, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603
            fresh = to.with_suffix(".new")  # a library that is in use must not change
            shutil.copyfile(built, fresh)
            fresh.replace(to)
        except (OSError, subprocess.SubprocessError):
            return False
    return True


def _universal() -> bool:
    """Say whether this Python is built for several kinds of processors, so that packages are."""
    return "universal" in sysconfig.get_platform()


class KernelHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the kernel into a wheel, and says for which machines that is then."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the kernel, into the checkout itself where that is what is installed."""
        if _universal():  # the library would be for one of the processors only
            return
        if version == "editable":
            compiled(HERE / LIBRARY)
            return
        self.room = tempfile.TemporaryDirectory()
        built = Path(self.room.name, LIBRARY)
        if compiled(built):
            inside = HERE.relative_to(Path(self.root).resolve()) / LIBRARY
            build_data["force_include"][str(built)] = str(inside)
            build_data["pure_python"] = False
            machine = sysconfig.get_platform().replace("-", "_").replace(".", "_")
            build_data["tag"] = f"py3-none-{machine}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was compiled for a wheel."""
        del version, build_data, artifact_path
        if hasattr(self, "room"):
            self.room.cleanup()


if __name__ == "__main__":
    sys.exit(0 if compiled(HERE / LIBRARY) else "The kernel cannot be compiled here.")
