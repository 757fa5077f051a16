import pytest

import softpower
from helpers.whole_folder import write_index
from softpower.errors import InputError, SoftpowerError
from softpower.render.documents import pdf


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    folder = write_index(tmp_path_factory.mktemp("lands"))
    return softpower.report(folder, section=["ranking", "weights", "reproduction"])


def test_a_report_is_tagged_pages_and_the_same_bytes_each_time(document):
    try:
        pdf.refuse_without_weasyprint()
    except SoftpowerError as error:
        pytest.skip(str(error))
    written = pdf.to_pdf(document)
    assert written.startswith(b"%PDF-")
    assert written == pdf.to_pdf(document)


def test_a_missing_library_is_named_with_how_it_is_installed(monkeypatch):
    import builtins

    usual = builtins.__import__

    def without(name, *words, **more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return usual(name, *words, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match="apt-get install libpango"):
        pdf.refuse_without_weasyprint()
