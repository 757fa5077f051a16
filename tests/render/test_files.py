import os
import stat
import threading
from pathlib import Path

import pytest

from softpower.errors import InputError
from softpower.render.files import write_whole


@pytest.fixture
def _fixed_umask():
    before = os.umask(0o027)
    yield
    os.umask(before)


def test_a_file_is_written_and_nothing_else(tmp_path):
    write_whole(tmp_path / "a.csv", b"new")
    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [tmp_path / "a.csv"]


@pytest.mark.skipif(os.name == "nt", reason="permissions are another matter there")
@pytest.mark.usefixtures("_fixed_umask")
def test_a_new_file_has_the_permissions_that_the_umask_gives(tmp_path):
    write_whole(tmp_path / "a.csv", b"new")
    assert stat.S_IMODE((tmp_path / "a.csv").stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="permissions are another matter there")
def test_a_replaced_file_keeps_its_permissions(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o600)
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, error):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def fail(*_):
        raise error

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises((InputError, KeyboardInterrupt)):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [tmp_path / "a.csv"]


def test_a_full_disk_is_an_error_with_its_reason(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(InputError, match="No space left on device"):
        write_whole(tmp_path / "a.csv", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(InputError, match="no such folder") as caught:
        write_whole(tmp_path / "none" / "a.csv", b"new")
    assert caught.value.location.file == str(tmp_path / "none")


def test_a_folder_is_not_overwritten(tmp_path):
    with pytest.raises(InputError, match="is a folder"):
        write_whole(tmp_path, b"new")


def test_a_protected_file_is_not_overwritten(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError, match="write-protected"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"


def test_a_link_goes_on_pointing_to_its_file(tmp_path):
    (tmp_path / "real.csv").write_bytes(b"old")
    link = tmp_path / "link.csv"
    link.symlink_to("real.csv")
    write_whole(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=write_whole, args=(pipe, b"new"))
    writer.start()
    assert pipe.read_bytes() == b"new"
    writer.join()
    assert stat.S_ISFIFO(pipe.stat().st_mode)
