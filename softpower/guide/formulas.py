"""A formula as docstrings write it, ``sum_j w_j y_j / sum_j w_j``, typeset as MathML."""

from __future__ import annotations

import re
from html import escape
from typing import NamedTuple

GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "lambda": "λ",
    "mu": "μ",
    "phi": "φ",
    "pi": "π",
    "psi": "ψ",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
}
SIGNS = {"<=": "≤", ">=": "≥", "-": "−", "*": "∗", "...": "…", "..": "…"}
RELATIONS = {"=", "<=", ">=", "<", ">", ":=", "~", ",", ";", ":", "...", "..", "*"}
LARGE = {"sum": "∑", "prod": "∏", "int": "∫"}
FUNCTIONS = {"ln", "log", "log10", "exp", "sqrt", "sign", "min", "max", "sd", "var", "mean"}
POSTFIXES = ("_", "^", "'", "!")
CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|"}
THIN = '<mspace width="0.17em"/>'

FENCED = re.compile(r"^(```+.*?^```+)$", flags=re.DOTALL | re.MULTILINE)
_MARKED = re.compile(r"(?<!`)``([^`]+)``(?!`)")
_TOKEN = re.compile(
    r"(?P<space>\s*)(?:"
    r"(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z]+\d*)(?P<mark>[*+-](?![A-Za-z0-9(]))?"
    r"|(?P<power>\^-?\d+(?:\.\d+)?(?:/\d+)?)|(?P<index>_\w+)"
    r"|(?P<sign>\.\.\.?|[<>:]=|[-+*/=<>~,;:()\[\]{}|_^'!])"
    r")"
)
_CODE = re.compile(
    r'["%@`]|= (none|true|false)\b|[A-Za-z][.:]\w|\.\.[a-z]|<<|^[^\w]*$|(\d, [\d.]+){4}'
)
_WORD = re.compile(rf"(?!({'|'.join(GREEK)}|[A-Za-z]\d?)(_\w{{1,4}})?$)[a-z][\w-]*\w|[A-Z]\w+_\w+")


class NotAFormulaError(ValueError):
    """A text is not written as formulas are."""


class _Token(NamedTuple):
    kind: str
    text: str
    spaced: bool
    mark: str = ""


def formulas(text: str) -> list[str]:
    """Return the formulas of a page of Markdown, which stand between two backticks each."""
    prose = "".join(FENCED.split(text)[::2])
    return [span for span in _MARKED.findall(prose) if not is_code(span)]


def typeset_all(text: str) -> str:
    """Return a page of Markdown with MathML for each of its formulas."""
    parts = FENCED.split(text)
    parts[::2] = [_MARKED.sub(_math, part) for part in parts[::2]]
    return "".join(parts)


def _math(marked: re.Match[str]) -> str:
    return f"`{marked[1]}`" if is_code(marked[1]) else typeset(marked[1])


def is_code(span: str) -> bool:
    """Say whether what stands between backticks is a word to be typed rather than a formula.

    >>> is_code("over = none"), is_code("zero_fill"), is_code("n - 1"), is_code("lambda")
    (True, True, False, False)
    """
    return bool(_WORD.fullmatch(span) or _CODE.search(span))


def typeset(formula: str) -> str:
    """Return a formula as an element of MathML.

    >>> typeset("y_j^w_j")[6:-7]
    '<msubsup><mi>y</mi><mi>j</mi><msub><mi>w</mi><mi>j</mi></msub></msubsup>'

    Raises
    ------
    NotAFormulaError
        If it is not written as formulas are.
    """
    return f"<math>{_Parser(_tokens(formula)).whole()}</math>"


def _tokens(formula: str) -> list[_Token]:
    found = []
    at = 0
    text = formula.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotAFormulaError(text[at:])
        kind = next(k for k in ("number", "name", "power", "index", "sign") if match[k])
        found.append(_Token(kind, match[kind], bool(match["space"]), match["mark"] or ""))
        at = match.end()
    return found


class _Parser:
    """Reads tokens from the left; each method returns what it has read as MathML."""

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.open: list[str] = []

    def whole(self) -> str:
        """Read all of it."""
        read = self.expression()
        if self.at < len(self.tokens):
            raise NotAFormulaError(self.tokens[self.at].text)
        return read

    def next(self) -> _Token:
        """Return the token to be read, an empty one at the end."""
        return self.tokens[self.at] if self.at < len(self.tokens) else _Token("end", "", False)

    def take(self) -> _Token:
        """Read a token."""
        token = self.next()
        self.at += 1
        return token

    def expression(self) -> str:
        """Read products with signs between them."""
        parts: list[str] = []
        while True:
            token = self.next()
            if token.text in {"+", "-"} or self.relates(token):
                parts.append(_mo(self.take().text))
            elif self.begins(token):
                parts.append(self.product())
            else:
                return "".join(parts)

    def relates(self, token: _Token) -> bool:
        """Say whether a sign stands between two sides."""
        bar = token.text == "|" and self.open[-1:] == ["["]
        return bar or (token.kind == "sign" and token.text in RELATIONS)

    def begins(self, token: _Token) -> bool:
        """Say whether a factor begins here."""
        if token.text == "|" and (self.open[-1:] == ["|"] or self.relates(token)):
            return False
        return token.kind in {"number", "name"} or token.text in CLOSING

    def product(self) -> str:
        """Read factors one beside the other, and what they are divided by."""
        parts: list[str] = []
        grouped = ""
        while True:
            token = self.next()
            if token.text == "/":
                self.take()
                numerator = grouped if len(parts) == 1 and grouped else "".join(parts)
                parts = [f"<mfrac><mrow>{numerator}</mrow><mrow>{self.divisor()}</mrow></mfrac>"]
                grouped = ""
            elif self.begins(token):
                if parts and token.spaced:
                    parts.append(THIN)
                start = self.at
                parts.append(self.factor())
                grouped = self.inside(start, parts[-1])
            else:
                return "".join(parts)

    def divisor(self) -> str:
        """Read what follows a stroke: a factor, or all that a sum runs over."""
        token = self.next()
        if token.text in LARGE:
            return self.product_of_sum()
        start = self.at
        factor = self.factor()
        if token.text in FUNCTIONS and self.begins(self.next()):
            return f"{factor}{THIN}{self.factor()}"
        return self.inside(start, factor) or factor

    def product_of_sum(self) -> str:
        """Read a sum and the factors that it runs over."""
        parts = [self.factor()]
        while self.begins(self.next()):
            parts += [THIN, self.factor()]
        return "".join(parts)

    def inside(self, start: int, read: str) -> str:
        """Return what stands in the brackets of a factor that is nothing else."""
        first, last = self.tokens[start], self.tokens[self.at - 1]
        if first.text != "(" or last.text != ")" or not read.startswith("<mrow><mo>(</mo>"):
            return ""
        return read.removeprefix("<mrow><mo>(</mo>").removesuffix("<mo>)</mo></mrow>")

    def factor(self) -> str:
        """Read a number, a name or brackets, with its indices and powers."""
        if not self.begins(self.next()):
            raise NotAFormulaError(self.next().text)
        token = self.take()
        if token.text == "sqrt" and self.begins(self.next()):
            start = self.at
            root = self.factor()
            return f"<msqrt><mrow>{self.inside(start, root) or root}</mrow></msqrt>"
        base, below = _base(token) if token.text not in CLOSING else (self.brackets(token), "")
        above = _mo(token.mark) if token.mark else ""
        primes = ""
        while (follows := self.next()).kind in {"power", "index"} or follows.text in POSTFIXES:
            self.take()
            if follows.kind == "power":
                above += _power(follows.text[1:])
            elif follows.kind == "index":
                below += _index(follows.text[1:])
            elif follows.text in "_^":
                below, above = self.attached(follows.text, below, above)
            elif follows.text == "'":
                primes += "′"
            else:
                base += "<mo>!</mo>"
        if primes:
            base = f"<msup><mrow>{base}</mrow><mo>{primes}</mo></msup>"
        return _scripts(base, below, above)

    def attached(self, mark: str, below: str, above: str) -> tuple[str, str]:
        """Read an index or a power that is more than a word, and return both with it."""
        token = self.next()
        start = self.at
        if token.text == "{":
            self.take()
            read = self.until("{")
        elif token.text in CLOSING or token.kind == "name":
            read = self.factor()
            read = (self.inside(start, read) or read) if mark == "^" else read
        else:
            raise NotAFormulaError(token.text)
        return (below + read, above) if mark == "_" else (below, above + read)

    def brackets(self, opening: _Token) -> str:
        """Read what is between brackets, with the brackets."""
        read = self.until(opening.text)
        fence = ' stretchy="false"' if opening.text == "{" else ""
        left, right = (f"<mo{fence}>{e}</mo>" for e in (opening.text, CLOSING[opening.text]))
        return f"<mrow>{left}{read}{right}</mrow>"

    def until(self, opening: str) -> str:
        """Read up to the bracket that closes, and that one."""
        self.open.append(opening)
        read = self.expression()
        if self.take().text != CLOSING[self.open.pop()]:
            raise NotAFormulaError(opening)
        return read


def _base(token: _Token) -> tuple[str, str]:
    """Return a number or a name, and the digits behind a letter as its index."""
    text = token.text
    if token.kind == "number":
        return f"<mn>{text}</mn>", ""
    if text in LARGE:
        return f"<mo>{LARGE[text]}</mo>", ""
    word = text.rstrip("0123456789")
    digits = text.removeprefix(word)
    return f"<mi>{GREEK.get(word, word)}</mi>", f"<mn>{digits}</mn>" if digits else ""


def _index(text: str) -> str:
    """Return an index: letters of their own, but words of three letters and more."""
    if re.fullmatch(r"[A-Za-z]{3,}", text):
        return f"<mi>{text}</mi>"
    if "_" in text:
        raise NotAFormulaError(text)
    return "".join(f"<mn>{c}</mn>" if c.isdigit() else f"<mi>{c}</mi>" for c in text)


def _power(text: str) -> str:
    sign = "<mo>−</mo>" if text.startswith("-") else ""
    return sign + "<mo>/</mo>".join(f"<mn>{part}</mn>" for part in text.lstrip("-").split("/"))


def _scripts(base: str, below: str, above: str) -> str:
    def one(part: str) -> str:
        return part if len(re.findall(r"<m\w+", part)) == 1 else f"<mrow>{part}</mrow>"

    if below and above:
        return f"<msubsup>{one(base)}{one(below)}{one(above)}</msubsup>"
    if below:
        return f"<msub>{one(base)}{one(below)}</msub>"
    return f"<msup>{one(base)}{one(above)}</msup>" if above else base


def _mo(sign: str) -> str:
    return f"<mo>{escape(SIGNS.get(sign, sign))}</mo>"
