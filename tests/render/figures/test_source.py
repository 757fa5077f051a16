from softpower.render.figures.source import source_of


def run(name, index="imaginary", **more):
    return {"softpower": "1.2", "run": name, "index": index, **more}


def test_an_index_is_named_once_with_its_publisher_and_its_runs():
    about = {"title": "Imaginary Index", "publisher": "Nobody"}
    runs = [run("imaginary", **about), run("imaginary@equal", **about), run("imaginary", **about)]
    assert source_of({"runs": runs}) == (
        "Imaginary Index, Nobody (imaginary; @equal). softpower 1.2."
    )


def test_what_was_changed_stands_behind_the_name():
    changes = {"set": {"aggregate": "geometric"}, "weights": {"culture": 40.0}, "omit": ["Chad"]}
    said = source_of(run("imaginary", changes=changes, against=run("other", "other")))
    assert said == (
        "imaginary (imaginary, aggregate=geometric, culture=40, without Chad). other (other). "
        "softpower 1.2."
    )


def test_an_answer_of_no_run_says_nothing():
    assert source_of({}) == ""
