"""The slides of a deck that `{%section if … %}` and `{%section for … %}` govern.

In: the section directives of each slide in reading order, and which section each slide stands in. Out: runs of slides, each
with the steps that say how often it appears. A directive governs from its own slide to the one it is closed on; without
an end, the section of PowerPoint its slide stands in. Compile time only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.ooxml.template.compiling.expansion import SlideStep, slide_steps
from collateral.ooxml.template.compiling.parts_compiler import PartsCompiler
from collateral.ooxml.template.language.groups import OPENERS, Member

Home = tuple[object, int | None]
"""Where a slide stands: the file it is from, and the number of its section; None for a slide that is in none."""


@dataclass(frozen=True, slots=True)
class Governed:
    """The slides from `first` to `last` (from 0) appear as often as the steps say, one after the other in each turn."""

    first: int
    last: int
    steps: tuple[SlideStep, ...]
    opened: Member


def governed_slides(
    directives: Sequence[Sequence[Member]], homes: Sequence[Home], parts: PartsCompiler
) -> list[Governed]:
    """The runs, those around others first; what is wrong with a directive is noted."""
    found: list[Governed] = []
    opened: list[tuple[int, Member]] = []
    for number, members in enumerate(directives):
        if number and homes[number][0] != homes[number - 1][0]:
            found += _without_end(opened, homes, parts)
            opened = []
        for member in members:
            word = _word(member)
            if word in ("if", "for"):
                opened.append((number, member))
            elif opened and word == OPENERS[_word(opened[-1][1])]:
                found.append(_governed(*opened.pop(), number, parts))
            else:
                _refuse(parts, "tag-not-opened", f'"{_text(member)}" closes nothing', member)
    found += _without_end(opened, homes, parts)
    met = {id(member): at for at, member in enumerate(m for members in directives for m in members)}
    found.sort(key=lambda governed: (governed.first, -governed.last, met[id(governed.opened)]))
    _refuse_crossed(found, parts)
    return found


def _without_end(
    opened: Iterable[tuple[int, Member]], homes: Sequence[Home], parts: PartsCompiler
) -> Iterator[Governed]:
    """What directives without an end govern: the section their slide stands in."""
    for number, member in opened:
        if homes[number][1] is None:
            message = f'"{_text(member)}" has no end, and its slide stands in no section'
            hint = "close it on the last slide it is for, or put the slides into a section in PowerPoint"
            _refuse(parts, "no-section", message, member, hint)
            continue
        first = last = number
        while first and homes[first - 1] == homes[number]:
            first -= 1
        while last + 1 < len(homes) and homes[last + 1] == homes[number]:
            last += 1
        yield _governed(first, member, last, parts)


def _word(member: Member) -> str:
    return member.mark.tag.word if member.mark.tag else ""


def _text(member: Member) -> str:
    return member.mark.tag.text if member.mark.tag else ""


def _governed(first: int, member: Member, last: int, parts: PartsCompiler) -> Governed:
    steps = slide_steps([member], None, member.mark.place or Place(parts.file), parts)
    return Governed(first, last, tuple(steps), member)


def _refuse_crossed(found: Iterable[Governed], parts: PartsCompiler) -> None:
    around: list[Governed] = []
    for governed in found:
        while around and around[-1].last < governed.first:
            around.pop()
        if around and around[-1].last < governed.last:
            outer = _text(around[-1].opened)
            message = f'"{_text(governed.opened)}" begins among the slides of "{outer}" and ends behind them'
            _refuse(parts, "tag-crossed", message, governed.opened, "close the inner one first")
        around.append(governed)


def _refuse(parts: PartsCompiler, code: str, message: str, member: Member, *hints: str) -> None:
    parts.problems.append(Diagnostic.error(code, message, member.mark.place, *hints))


def steps_around(governed: Iterable[Governed], index: int) -> list[SlideStep]:
    """The steps that govern a slide together with others, the outermost first."""
    return [step for one in governed if one.first <= index <= one.last for step in one.steps]
