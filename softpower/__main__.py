"""``softpower``: the command line from its first moment on, and what Ctrl-C does to it."""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False  # typing would double the time before anything can catch Ctrl-C
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

INTERRUPTED = 128 + signal.SIGINT
"""The exit status after Ctrl-C, whenever it comes."""


def run() -> NoReturn:
    """Run the command line.

    Commands catch Ctrl-C themselves and say what they have by then. Here it is caught where they
    cannot, as in an import, and where it was lost on the way.
    """
    stopped = False

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        nonlocal stopped
        del number, frame
        stopped = True
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, stop)
    try:
        from softpower.cli import run as command

        command()
    except BaseException as end:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if stopped:
            _leave(silent=isinstance(end, SystemExit))
        raise
    raise SystemExit


def _leave(*, silent: bool) -> NoReturn:
    """End at once after Ctrl-C, without waiting for threads that still work."""
    try:
        if not silent:
            sys.stderr.write("Interrupted: there is no answer yet.\n")
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(INTERRUPTED)


if __name__ == "__main__":
    run()
