"""The kernel is compiled where that can be, and an installation is complete where it cannot."""

import sys

import pytest

from helpers.kernels import some_kernels
from softpower.engine.sampling.kernel import loading
from softpower.engine.sampling.kernel.build import KernelHook, compiled


@pytest.mark.parametrize("compiler", ["false", "no-such-compiler", f"{sys.executable} -c pass"])
def test_a_compiler_that_fails_leaves_nothing_and_stops_nothing(tmp_path, compiler):
    assert not compiled(tmp_path / "kernel.native", compiler)
    assert list(tmp_path.iterdir()) == []


def hook(root):
    return KernelHook(str(root), {}, None, None, str(root), "wheel")


def test_a_wheel_without_a_kernel_is_for_every_machine(monkeypatch):
    monkeypatch.setenv("CC", "false")
    data = {"force_include": {}, "pure_python": True}
    made = hook(loading.LIBRARY.parents[4])
    made.initialize("standard", data)
    made.finalize("standard", data, "")
    assert data == {"force_include": {}, "pure_python": True}


def test_a_wheel_with_a_kernel_is_for_this_kind_of_machine_and_any_python():
    some_kernels()
    data = {"force_include": {}, "pure_python": True}
    made = hook(loading.LIBRARY.parents[4])
    made.initialize("standard", data)
    made.finalize("standard", data, "")
    assert list(data["force_include"].values()) == [
        "softpower/engine/sampling/kernel/kernel.native"
    ]
    assert not data["pure_python"]
    assert data["tag"].startswith("py3-none-")


def test_a_library_that_is_none_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.delenv(loading.VARIABLE, raising=False)
    monkeypatch.setattr(loading, "LIBRARY", tmp_path / "kernel.native")
    loading.kernel.cache_clear()
    assert loading.kernel() is None
    assert loading.in_words() == "numpy (the compiled kernel was not compiled at installation)"
    (tmp_path / "kernel.native").write_text("nothing")
    assert loading.kernel.__wrapped__() is None
    assert loading.in_words() == "numpy (the compiled kernel cannot be loaded here)"
    loading.kernel.cache_clear()


def test_a_variable_switches_the_kernel_off(monkeypatch):
    monkeypatch.setenv(loading.VARIABLE, "off")
    loading.kernel.cache_clear()
    assert loading.kernel() is None
    assert loading.in_words().endswith("is switched off by SOFTPOWER_KERNEL)")
    loading.kernel.cache_clear()
