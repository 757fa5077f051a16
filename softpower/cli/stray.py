"""Words that a command has no place for, and what they may stand for.

Every way in which words go astray is one rule: a function of the words that returns what is wrong
and the words as they should be, or nothing where it does not apply. The first that applies speaks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import click

DASHES = "‐‑‒–—−"
"""What a text processor makes of the hyphens before an option."""

QUOTES = "“”„‟«»‘’‚‛"
"""What a text processor makes of quotation marks."""

LONGEST_NAME = 6
"""Of so many words a name of a country may be put together."""


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed after the name of a command."""

    command: click.Command
    typed: tuple[str, ...]
    left: tuple[str, ...]
    """The words that have no place, in their order."""
    run: str | None
    """The word that names the index, if the command takes one."""

    @property
    def at(self) -> int:
        """Where the first word stands that has no place."""
        starts = range(len(self.typed) - len(self.left), -1, -1)
        exact = [n for n in starts if self.typed[n : n + len(self.left)] == self.left]
        return exact[0] if exact else self.typed.index(self.left[0])

    @property
    def before(self) -> tuple[str, ...]:
        """The words before the first that has no place."""
        return self.typed[: self.at]

    @property
    def after(self) -> tuple[str, ...]:
        """The words after the first that has no place."""
        return self.typed[self.at + 1 :]

    @property
    def first(self) -> str:
        """The first word that has no place."""
        return self.left[0]

    @property
    def options(self) -> list[str]:
        """The options that the command has."""
        return [name for param in self.command.params for name in param.opts if name[0] == "-"]


Found = tuple[str, tuple[str, ...]] | None
"""What is wrong, and the words as they should be; nothing where a rule does not apply."""


def _typographic(words: Words) -> Found:
    """Type the dashes and quotation marks of a keyboard for those of a text processor."""
    if not any(word[0] in DASHES + QUOTES for word in words.typed if word):
        return None
    right: list[str] = []
    inside = False
    for word in words.typed:
        bare = _with_hyphens(word, words.options).strip(QUOTES)
        if inside:
            right[-1] = f"{right[-1]} {bare}"
        else:
            right.append(bare)
        inside = (inside or word[:1] in QUOTES) and word[-1:] not in QUOTES
    return "These are dashes or quotation marks of a text, not of a keyboard.", tuple(right)


def _with_hyphens(word: str, options: Sequence[str]) -> str:
    """Return a word with hyphens where it begins with other dashes."""
    bare = word.lstrip(DASHES)
    if bare == word:
        return word
    name = bare.lstrip("-")
    return f"--{name}" if f"--{name.partition('=')[0]}" in options else f"-{name}"


def _variant_apart(words: Words) -> Found:
    """Write a variant on to its index."""
    variants = [word for word in words.left if word.startswith("@") and len(word) > 1]
    if not variants or words.run is None:
        return None
    stacked = _stacked(words.run, [variant[1:] for variant in variants])
    right = (stacked if w == words.run else w for w in words.typed if w not in variants)
    return "A variant is written on to its index, without a space.", tuple(right)


def _stacked(run: str, variants: Sequence[str]) -> str:
    """Return the name of a run with further variants."""
    return f"{run}{'+' if '@' in run else '@'}{'+'.join(variants)}"


def _name_of_words(words: Words) -> Found:
    """Put quotation marks around a name of several words."""
    from softpower.countries import find

    at = words.at
    for start in range(max(0, at - LONGEST_NAME + 1), at + 1):
        for end in range(min(len(words.typed), start + LONGEST_NAME), at, -1):
            part = words.typed[start:end]
            if len(part) > 1 and find(" ".join(part)) is not None:
                name = " ".join(part)
                right = (*words.typed[:start], name, *words.typed[end:])
                return "A name of several words needs quotation marks.", right
    return None


def _index_of_words(words: Words) -> Found:
    """Write the id of an index in one word."""
    from softpower.index.find import identified, shipped

    for size in range(len(words.left), 0, -1):
        name = identified("-".join([words.run or "", *words.left[:size]]))
        if name in shipped():
            rest = [word for word in words.typed if word not in words.left[:size]]
            right = (name if word == words.run else word for word in rest)
            return "The id of an index is one word.", tuple(right)
    return None


def _joining_word(words: Words) -> Found:
    """Write an option for a word that joins two names."""
    from softpower.countries import find

    if words.first.casefold().rstrip(".") not in JOINING or "--versus" not in words.options:
        return None
    name = " ".join(words.left[1:])
    after = words.after
    if len(words.left) > 2 and find(name) is not None:
        after = (name, *after[len(words.left) - 1 :])
    right = (*words.before, "--versus", *after)
    return "What is held against it is named by an option.", right


def _another_value(words: Words) -> Found:
    """Write an option before each of its values."""
    before = next((word for word in words.before[-2:-1] if word in words.options), None)
    multiple = {name for p in words.command.params if p.multiple for name in p.opts}
    if before not in multiple:
        return None
    right = list(words.before)
    for word in words.typed[words.at :]:
        right += [str(before), word] if word in words.left else [word]
    return "The option stands before each of its values.", tuple(right)


def _change_without_option(words: Words) -> Found:
    """Give each setting and each weight its option."""
    if not {"--set", "-w"} <= set(words.options) or "=" not in words.first:
        return None
    from softpower.engine.asked import is_setting

    right: list[str] = list(words.before)
    left = list(words.left)
    for word in words.typed[words.at :]:
        if left and word == left[0]:
            left.pop(0)
            if "=" in word:
                if right[-1] == "--weights":  # a switch, taken for what sets them
                    right.pop()
                right.append("--set" if is_setting(word.partition("=")[0]) else "-w")
        right.append(word)
    return "Each change needs its option.", tuple(right)


def _option_without_dashes(words: Words) -> Found:
    """Write an option with its dashes."""
    name, equals, value = words.first.lstrip("-").partition("=")
    long = f"--{name.casefold()}"
    if long not in words.options:
        return None
    right = (*words.before, f"{long}{equals}{value}", *words.after)
    return f"An option begins with two dashes: {long}.", right


def _number_alone(words: Words) -> Found:
    """Take a number for how many rows are wanted."""
    behind = words.before[-1:] == (words.run,)
    if not (words.first.isdecimal() and behind) or not {"--top"} <= set(words.options):
        return None
    return "How many are shown is an option.", (*words.before, "--top", *words.typed[words.at :])


def _country_alone(words: Words) -> Found:
    """Name a country by an option that has room for one."""
    from softpower.countries import find

    country = find(words.first)
    if country is None:
        return None
    for option in ("--versus", "--country"):
        beside = option == "--country" or any(
            find(word) is not None for word in words.before if word != words.first
        )
        if option in words.options and beside and option not in words.before[-1:]:
            rest = words.typed[words.at :]
            return "A country is named by an option.", (*words.before, option, *rest)
    return None


def _second_index(words: Words) -> Found:
    """Name a second index by the option that has room for one."""
    from softpower.index.find import identified, shipped
    from softpower.index.name import split_name

    if identified(split_name(words.first).identifier) not in shipped():
        return None
    if "--against" in words.options:
        rest = words.typed[words.at :]
        return "A second index is named by an option.", (*words.before, "--against", *rest)
    return None


def _variant_without_sign(words: Words) -> Found:
    """Write a variant behind its sign."""
    from softpower.cli.complete import variants as variants_of
    from softpower.index.ids import spelled
    from softpower.index.name import split_name

    if words.run is None:
        return None
    variants = variants_of(split_name(words.run).identifier)
    meant = {word: spelled(word, variants) for word in words.left}
    if any(variant not in variants for variant in meant.values()):
        return None
    stacked = _stacked(words.run, list(meant.values()))
    right = (stacked if w == words.run else w for w in words.typed if w not in meant)
    return "A variant is written behind an @.", tuple(right)


JOINING = {"vs", "versus", "against"}
"""Words that join two names."""

RULES: tuple[Callable[[Words], Found], ...] = (
    _typographic,
    _variant_apart,
    _name_of_words,
    _index_of_words,
    _joining_word,
    _option_without_dashes,
    _change_without_option,
    _number_alone,
    _country_alone,
    _second_index,
    _variant_without_sign,
    _another_value,
)
