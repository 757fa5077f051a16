"""Folding gives the ways of writing one name one spelling, and keeps different names apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from softpower.countries import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("CÔTE D’IVOIRE", "cote divoire"),
        ("Cote d'Ivoire", "cote divoire"),
        ("The Gambia", "gambia"),
        ("Gambia, The", "gambia"),
        ("Gambia (the)", "gambia"),
        ("Republic of the Congo", "republic of congo"),
        ("Trinidad & Tobago", "trinidad and tobago"),
        ("St.Kitts&Nevis", "saint kitts and nevis"),
        ("Korea,Rep.", "korea republic"),
        ("Cook Is.", "cook islands"),
        ("U.S.A.", "usa"),
        ("U.S", "us"),
        ("D.R. Congo", "dr congo"),
        ("S. Korea", "s korea"),
        ("Guinea–Bissau", "guinea bissau"),
        ("Curaçao", "curacao"),
        ("Færøerne", "faeroerne"),
        ("Łotwa", "lotwa"),
        ("TÜRKİYE", "turkiye"),
        ("Großbritannien", "grossbritannien"),
        ("France²", "france"),
        ("\ufeffFrance\u00a0", "france"),
        ("Ｆｒａｎｃｅ", "france"),
        ("Российская  Федерация", "россииская федерация"),
        ("مِصْر", "مصر"),
        ("مصـــر", "مصر"),
        ("中国", "中国"),
        ("대한민국", "대한민국"),
        ("हिन्दी", "हिन्दी"),
        ("ドイツ", "ドイツ"),
        ("(*)", ""),
        ("", ""),
    ],
)
def test_a_text_folds_to_its_one_spelling(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_a_folded_text_folds_to_itself(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aA.'’- &()stherpISUÄ"))
def test_a_folded_text_folds_to_itself_also_where_abbreviations_meet(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_folded_text_has_one_space_between_its_words(text):
    assert fold(text) == " ".join(fold(text).split())


@pytest.mark.parametrize(
    ("one", "other"),
    [("Niger", "Nigeria"), ("Guinea", "Guiana"), ("Norfolk Island", "Norfolk Islands")],
)
def test_different_words_stay_different(one, other):
    assert fold(one) != fold(other)
