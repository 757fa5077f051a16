"""Whatever a file holds, an import takes it or says what is wrong; it never breaks down."""

import random

import pytest

from helpers.imports import for_examples
from softpower.api.importing import import_files
from softpower.errors import SoftpowerError

PIECES = (
    b",", b";", b"\t", b'"', b"\n", b"\r\n", b"\xff", b"\x00", b"1e999", b"nan", b"-", b"country",
    b"2020", b"Peru", b"\xef\xbb\xbf", b"%", b"1,234", b"#REF!", b"(1)",
)  # fmt: skip


def broken(data, generator):
    """Return data with a few pieces cut out, doubled, or put in."""
    for _ in range(generator.randint(1, 6)):
        at, to = sorted(generator.randrange(len(data) + 1) for _ in range(2))
        what = generator.choice(("cut", "double", "put", "put", "put"))
        if what == "cut":
            data = data[:at] + data[min(to, at + 40) :]
        elif what == "double":
            data = data[:to] + data[at:]
        else:
            data = data[:at] + generator.choice(PIECES) + data[at:]
    return data


@pytest.mark.parametrize("name", ["world-bank.csv", "owid.csv", "survey.xlsx"])
def test_a_broken_file_is_taken_or_refused(tmp_path, name):
    for_examples(tmp_path)
    sound = (tmp_path / name).read_bytes()
    generator = random.Random(name)  # noqa: S311  not for secrets
    refused = 0
    for number in range(60):
        path = tmp_path / f"{number}-{name}"
        path.write_bytes(broken(sound, generator))
        try:
            answer = import_files(path, into=tmp_path / f"i{number}")
        except SoftpowerError:
            refused += 1
            assert not (tmp_path / f"i{number}").exists()
        else:
            assert answer.tables
    assert refused
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
