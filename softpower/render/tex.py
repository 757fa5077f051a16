"""Text as LaTeX: what it sets in the same way under pdflatex, xelatex and lualatex.

Letters that every engine knows stay as they are. Greek and Cyrillic words are commands in an
encoding of their own, so that no engine depends on what its font has; a Greek letter by itself is
a symbol.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from softpower.render.cells import indent, line
from softpower.render.widths import width

ENCODINGS = {"T2A": "Cyrillic", "LGR": "Greek"}
"""The encodings that a document must load, and what for; T1 is always there."""

_MATHS = {
    "▲": r"\uparrow", "▼": r"\downarrow", "→": r"\rightarrow", "←": r"\leftarrow",
    "↑": r"\uparrow", "↓": r"\downarrow", "↔": r"\leftrightarrow", "⇒": r"\Rightarrow",
    "−": "-", "≤": r"\leq", "≥": r"\geq", "≠": r"\neq", "≈": r"\approx", "≡": r"\equiv",
    "×": r"\times", "÷": r"\div", "·": r"\cdot", "∙": r"\cdot", "⋅": r"\cdot", "±": r"\pm",
    "∓": r"\mp", "√": r"\surd", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∂": r"\partial",
    "∆": r"\Delta", "∇": r"\nabla", "∞": r"\infty", "∝": r"\propto", "∼": r"\sim", "∈": r"\in",
    "∉": r"\notin", "∩": r"\cap", "∪": r"\cup", "⊂": r"\subset", "⊆": r"\subseteq",
    "∅": r"\emptyset", "∀": r"\forall", "∃": r"\exists", "∧": r"\wedge", "∨": r"\vee",
    "¬": r"\neg", "°": r"^\circ", "′": "'", "″": "''", "⁄": "/", "ℓ": r"\ell", "µ": r"\mu",
    "•": r"\bullet", "●": r"\bullet", "○": r"\circ", "★": r"\star", "✓": r"\surd",
}  # fmt: skip
_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': "{''}", "`": "{`}",
    # Behind the end of a row these would be read as its options.
    "[": "{[}", "]": "{]}", "*": "{*}",
    "–": "--", "—": "---", "‒": "--", "―": "---", "‐": "-", "\u2011": "-", "…": r"\dots{}",
    "\u00a0": "~", "\u2009": r"\,", "\u202f": r"\,", "\u200b": "", "\u00ad": r"\-",
    "\ufeff": "", "\ufffd": "?",
}  # fmt: skip
_T1 = {
    "«": "guillemotleft", "»": "guillemotright", "‹": "guilsinglleft", "›": "guilsinglright",
    "„": "quotedblbase", "‚": "quotesinglbase", "Ð": "DH", "ð": "dh", "Þ": "TH", "þ": "th",
    "Đ": "DJ", "đ": "dj", "Ŋ": "NG", "ŋ": "ng",
}  # fmt: skip
"""What the encoding T1 has and that of a plain document has not."""
_CYRILLIC = dict(
    re.findall(
        r"(\w) (\w+)",
        "А a Б b В v Г g Д d Е e Ж zh З z И i Й ishrt К k Л l М m Н n О o П p Р r С s Т t У u Ф f "
        "Х h Ц c Ч ch Ш sh Щ shch Ъ hrdsn Ы ery Ь sftsn Э erev Ю yu Я ya Ё yo Ђ dje Є ie Ѕ dze "
        "І ii Ї yi Ј je Љ lje Њ nje Ћ tshe Ў ushrt Џ dzhe Ґ gup Ғ ghcrs Җ zhdsc Ҙ zdsc Қ kdsc "
        "Ҝ kvcrs Ҡ kbeak Ң ndsc Ҥ ng Ҫ sdsc Ү y Ұ yhcrs Ҳ hdsc Ҷ chrdsc Ҹ chvcrs Һ shha Ӕ ae "
        "Ә schwa Ө otld",
    )
)
_GREEK = frozenset(
    re.findall(
        r"\w+",
        "ALPHA BETA GAMMA DELTA EPSILON ZETA ETA THETA IOTA KAPPA LAMDA MU NU XI OMICRON PI RHO "
        "SIGMA TAU UPSILON PHI CHI PSI OMEGA",
    )
)
_SYMBOLS = frozenset(
    ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega")
)
"""The capitals that are symbols by themselves; the others look like Latin letters."""
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u",
    "\u0307": ".", "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d",
    "\u0327": "c", "\u0328": "k", "\u0331": "b",
}  # fmt: skip
_BELOW = frozenset("dckb")
_AS_THEY_ARE = frozenset("¡¢£¤¥§©®¶¼½¾¿ÆØßæøıŒœŁłȷ‘’“”†‡‰€№™")
_BREAK = "\0"
_WORD = re.compile(r"\S+")
_JOINT = re.compile(r"(?<=[-@_/+.,:;=?&])(?=\w)")
_DASHES = re.compile("-(?=-)")


def escape(text: str, room: int | None = None) -> str:
    r"""Return a text so that LaTeX sets it as it is, its leading spaces as ``\quad``.

    Parameters
    ----------
    text
        Any text.
    room
        A word of more letters than this may be broken, behind a sign or else anywhere.
    """
    spaces, bare = indent(unicodedata.normalize("NFC", line(text)))
    quads, odd = divmod(spaces, 2)
    if room is not None:
        bare = _WORD.sub(lambda found: _breakable(found[0], room), bare)
    return r"\quad{}" * quads + r"\enspace{}" * odd + "".join(_runs(bare))


def strangers(text: str) -> str:
    """Return the characters of a text that pdflatex has no glyph for, each once."""
    marks = unicodedata.normalize("NFC", line(text))
    return "".join(dict.fromkeys(mark for mark in marks if _command(mark) is None))


def _breakable(word: str, room: int) -> str:
    if width(word) <= room:
        return word
    parts = _JOINT.split(word)
    return _BREAK.join(parts if max(map(width, parts)) <= room else word)


def _runs(text: str) -> list[str]:
    """Return the text in pieces, what needs an encoding of its own in a group."""
    out: list[str] = []
    current, run = "", ""
    for at, mark in enumerate(text):
        encoding, command = _command(mark) or ("", mark)
        if encoding == "LGR" and not _beside(text, at) and (symbol := _symbol(mark)):
            encoding, command = "", f"${symbol}$"
        if encoding != current:
            out.append(_grouped(run, current))
            current, run = encoding, ""
        run += "-{}" if mark == "-" and text[at + 1 : at + 2] == "-" else command
    return [*out, _grouped(run, current)]


def _grouped(run: str, encoding: str) -> str:
    return rf"{{\fontencoding{{{encoding}}}\selectfont{run}}}" if encoding else run


def _beside(text: str, at: int) -> bool:
    """Say whether a Greek letter stands beside another."""
    beside = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return any((_command(mark) or ("",))[0] == "LGR" for mark in beside)


@cache
def _command(mark: str) -> tuple[str, str] | None:
    """Return the encoding and the command of a character, or None if only its font may have it."""
    if mark == _BREAK:
        return "", r"\allowbreak{}"
    if mark in _SIGNS:
        return "", _SIGNS[mark]
    if mark in _MATHS:
        return "", f"${_MATHS[mark]}$"
    if mark.isascii() or mark in _AS_THEY_ARE:
        return "", mark
    return _letter(mark) or _composed(mark)


def _letter(mark: str) -> tuple[str, str] | None:
    """Return the command of a letter that only another encoding has."""
    if mark in _T1:
        return "T1", rf"\{_T1[mark]}"
    if stem := _CYRILLIC.get(mark.upper()):
        return "T2A", rf"\CYR{stem.upper()}" if mark.isupper() else rf"\cyr{stem}"
    if mark in "ΐΰ":
        return "LGR", r"\accdialytikatonos" + (r"\textiota" if mark == "ΐ" else r"\textupsilon")
    name = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (FINAL )?(\w+)", unicodedata.name(mark, ""))
    if name and name[3] in _GREEK:
        stem = (name[2] or "").strip().lower() + name[3].replace("LAMDA", "LAMBDA").lower()
        return "LGR", rf"\text{stem if name[1] == 'SMALL' else stem.capitalize()}"
    return None


def _symbol(mark: str) -> str | None:
    """Return the command of a Greek letter as a symbol, if it has one."""
    _, command = _letter(mark) or ("", "")
    start, _, stem = command.partition("text")
    small = start == "\\" and mark.islower() and stem not in {"omicron", "finalsigma"}
    return f"\\{stem}" if small or stem in _SYMBOLS else None


def _composed(mark: str) -> tuple[str, str] | None:
    """Return the command of an accented letter, an index, a fraction or a variant of others."""
    kind, *parts = unicodedata.decomposition(mark).split() or [""]
    if kind and not kind.startswith("<"):
        return _accented(mark)
    found = [_command(chr(int(part, 16))) for part in parts]
    if not found or any(each is None or each[0] for each in found):
        return None
    plain = "".join(each[1] for each in found if each)
    if kind in {"<super>", "<sub>"}:
        return "", rf"\text{kind[1:-1]}script{{{plain}}}"
    return "", plain


def _accented(mark: str) -> tuple[str, str] | None:
    """Return the command of a letter with an accent above it, one below it, or both."""
    letters = unicodedata.normalize("NFD", mark)
    names = [_ACCENTS.get(accent, "") for accent in letters[1:]]
    below = [name for name in names if name in _BELOW]
    above = [name for name in names if name not in below]
    letter = _command(letters[0])
    if letter is None or "" in names or max(len(below), len(above)) > 1:
        return None
    if "\u00c0" <= mark <= "\u017f" and "k" not in below:
        return "", mark
    encoding, command = letter
    for name in [*above, *below]:
        command = rf"\{name}{{{command}}}"
    return ("T1" if "k" in below else encoding), command
