"""Slide and section directives → the function that says how often a slide appears, and with which data.

In: the directives of one slide in reading order, and its `@when`. Out: source of a function of the data that gives a
list of data mappings: one for each appearance, with the loop's variable in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from collateral.diagnostics import Diagnostic, Place
from collateral.diagnostics.lazy_dataclass import dataclass, replace
from collateral.expressions import Expression, parse
from collateral.expressions.generate import Access, generate
from collateral.expressions.parsing import without_list
from collateral.ooxml.template.language.groups import Member
from collateral.ooxml.template.language.tree import loop_parts

if TYPE_CHECKING:
    from collateral.ooxml.template.compiling.parts_compiler import PartsCompiler

_ENDS = frozenset({"endif", "endfor"})


@dataclass(frozen=True, slots=True)
class SlideStep:
    """One slide directive: `kind` is if or for, `names` the loop's variables."""

    kind: str
    names: tuple[str, ...]
    expression: Expression
    place: Place | None
    tag: str


def slide_steps(wide: list[Member], when: str | None, place: Place, parts: PartsCompiler) -> list[SlideStep]:
    """The directives of one slide as steps, `@when` first."""
    steps: list[SlideStep] = []
    if when is not None:
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
    return steps


def _step(
    steps: list[SlideStep],
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
        if kind == "for":
            expression = replace(expression, node=without_list(expression.node))
        steps.append(SlideStep(kind, names, expression, place, tag))


def reads_of(steps: Iterable[SlideStep]) -> tuple[frozenset[str], set[str]]:
    """The variables of slide loops, and the paths of the data that slide directives read."""
    variables: frozenset[str] = frozenset({"loop"})
    read: set[str] = set()
    for step in steps:
        read |= step.expression.reads_outside(variables)
        variables |= set(step.names)
    return variables, read


def expand_source(name: str, steps: list[SlideStep], parts: PartsCompiler) -> tuple[str, str]:
    """Source of the fast and the careful function."""
    return _function(name, steps, parts, careful=False), _function(name, steps, parts, careful=True)


def _function(name: str, steps: list[SlideStep], parts: PartsCompiler, *, careful: bool) -> str:
    lines = [f"def {name}(c,w):", " L=w.formats; o=[]"]
    for depth, step in enumerate(steps, 1):
        code = _code(step, parts, careful=careful)
        pad = " " * depth
        if step.kind == "if":
            lines.append(f"{pad}if {code}:")
            continue
        inner = _item(step.names, depth)
        lines.append(f"{pad}l{depth}={code}")
        lines.append(f"{pad}for n{depth},v{depth} in enumerate(l{depth}):")
        lines.append(f"{pad} c{depth}=c; c={{**c,{inner},'loop':{_LOOP.replace('#', str(depth))}}}")
    lines.append(f"{' ' * (len(steps) + 1)}o.append(c)")
    for depth in range(len(steps), 0, -1):
        if steps[depth - 1].kind == "for":
            lines.append(f"{' ' * (depth + 1)}c=c{depth}")
    lines.append(" return o")
    return "\n".join(lines) + "\n"


_LOOP = "{'index':n#+1,'index0':n#,'first':n#==0,'last':n#+1==len(l#),'length':len(l#)}"


def _item(names: tuple[str, ...], depth: int) -> str:
    """The loop's variables as entries of a dictionary."""
    if len(names) == 1:
        return f"{names[0]!r}:v{depth}"
    return ",".join(f"{name!r}:v{depth}[{i}]" for i, name in enumerate(names))


def _code(step: SlideStep, parts: PartsCompiler, *, careful: bool) -> str:
    mode = "soft" if step.kind == "if" else "careful" if careful else "fast"
    code = generate(step.expression.node, Access({}, mode=mode))
    if step.kind == "for":
        code = f"{'I' if len(step.names) == 1 else 'J'}({code},w,1000)"
    if not careful:
        return code
    site = parts.sites.add(step.place, step.tag, step.expression.source)
    return f"w.attempt({site},lambda:{code},{'()' if step.kind == 'for' else 'None'})"
