"""Slide and section directives → the function that says how often a slide appears, and with which data.

In: the directives of one slide in reading order, and its `@when`. Out: source of a function of the data that gives a
list of data mappings: one for each appearance, with the loop's variable in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Place
from collateral.expressions import Expression, parse
from collateral.expressions.generate import Access, generate
from collateral.ooxml.template.groups import Member
from collateral.ooxml.template.tree import loop_parts

if TYPE_CHECKING:
    from collateral.ooxml.template.parts_compiler import PartsCompiler

_ENDS = frozenset({"endif", "endfor"})


def expand_source(
    name: str, wide: list[Member], when: str | None, file: str, slide: int, parts: PartsCompiler
) -> tuple[str, str]:
    """Source of the fast and the careful function."""
    steps: list[tuple[str, tuple[str, ...], Expression, Place | None, str]] = []
    if when is not None:
        place = Place(file, slide=slide)
        _step(steps, "if", (), when, place, f"@when: {when}", parts)
    for member in wide:
        tag = member.mark.tag
        if tag is None or tag.word in _ENDS:
            continue
        if tag.word == "if":
            _step(steps, "if", (), tag.rest, member.mark.place, tag.text, parts)
        elif tag.word == "for" and (found := loop_parts(tag.rest)) is not None:
            names, source, condition = found
            _step(steps, "for", names, source, member.mark.place, tag.text, parts)
            if condition:
                _step(steps, "if", (), condition, member.mark.place, tag.text, parts)
        else:
            message = f'"{tag.text}" is not a directive for slides'
            hint = "write {%slide if … %} or {%slide for … in … %}"
            parts.problems.append(Diagnostic.error("unknown-directive", message, member.mark.place, hint))
    return _function(name, steps, parts, careful=False), _function(name, steps, parts, careful=True)


def _step(
    steps: list[tuple[str, tuple[str, ...], Expression, Place | None, str]],
    kind: str,
    names: tuple[str, ...],
    source: str,
    place: Place | None,
    tag: str,
    parts: PartsCompiler,
) -> None:
    expression, problems = parse(source, at=place)
    parts.problems += problems
    if expression is not None:
        steps.append((kind, names, expression, place, tag))


def _function(
    name: str,
    steps: list[tuple[str, tuple[str, ...], Expression, Place | None, str]],
    parts: PartsCompiler,
    *,
    careful: bool,
) -> str:
    lines = [f"def {name}(c,w):", " L=w.formats; o=[]"]
    depth = 1
    for kind, names, expression, place, tag in steps:
        mode = "soft" if kind == "if" else "careful" if careful else "fast"
        code = generate(expression.node, Access({}, mode=mode))
        if kind == "for":
            code = f"{'I' if len(names) == 1 else 'J'}({code},w,1000)"
        if careful:
            site = parts.sites.add(place, tag, expression.source)
            code = f"w.attempt({site},lambda:{code},{'()' if kind == 'for' else 'None'})"
        if kind == "if":
            lines.append(f"{' ' * depth}if {code}:")
        else:
            lines.append(f"{' ' * depth}l{depth}={code}")
            lines.append(f"{' ' * depth}for n{depth},v{depth} in enumerate(l{depth}):")
            inner = (
                f"{names[0]!r}:v{depth}"
                if len(names) == 1
                else ",".join(f"{n!r}:v{depth}[{i}]" for i, n in enumerate(names))
            )
            loop = f"'loop':{{'index':n{depth}+1,'index0':n{depth},'first':n{depth}==0,'last':n{depth}+1==len(l{depth}),'length':len(l{depth})}}"
            lines.append(f"{' ' * (depth + 1)}c{depth}=c; c={{**c,{inner},{loop}}}")
        depth += 1
    lines.append(f"{' ' * depth}o.append(c)")
    for at in range(len(steps), 0, -1):
        if steps[at - 1][0] == "for":
            lines.append(f"{' ' * (at + 1)}c=c{at}")
    lines.append(" return o")
    return "\n".join(lines) + "\n"
