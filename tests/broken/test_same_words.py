"""Every message is the same for the same input, whatever the hash seed of the process."""

import os
import subprocess
import sys

from helpers import saying


def said(seed):
    done = subprocess.run(
        [sys.executable, saying.__file__],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONHASHSEED": seed,
            "PYTHONIOENCODING": "utf-8",
        },
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().splitlines()


def test_every_message_is_the_same_for_the_same_input():
    one, other = said("1"), said("2")
    assert [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]] == []
    order = "life_expectancy, expected_schooling, mean_schooling, gni_per_head"
    assert f"in this framework. Known: {order}." in "\n".join(one)
