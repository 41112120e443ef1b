"""Explain a selection: why each part is there, why the others are not, what to ask.

In: library, prospect and selection. Out: an `Explanation`, which turns into plain data for JSON and into text for a terminal.
A pure function, run only when somebody asks: it looks at every block, which selecting never does.
"""

from __future__ import annotations

from decimal import Decimal
from textwrap import shorten

from collateral.diagnostics.lazy_dataclass import dataclass
from collateral.model.library import Library, Slot
from collateral.model.prospect import Prospect
from collateral.model.selection import LeftOut, Pick, Question, Selection, SlotSelection
from collateral.model.values import Values, ValueTrace
from collateral.plan.case import Case
from collateral.plan.index import BlockIndex, index_of
from collateral.plan.value_models import values_for
from collateral.plan.why_not import Reasons

SHOWN_LEFT_OUT = 60  # lines of text; the data hold all
SHOWN_QUESTIONS = 8


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one selection that a person may want to know."""

    prospect: Prospect
    selection: Selection
    left_out: tuple[LeftOut, ...]
    values: Values

    def to_dict(self) -> dict[str, object]:
        """Plain data: texts, numbers, lists and maps only."""
        return _explanation_data(self)

    def to_text(self) -> str:
        """Lines for a terminal."""
        return "\n".join(_lines(self)) + "\n"


def explain_selection(
    library: Library,
    prospect: Prospect,
    selection: Selection,
    *,
    index: BlockIndex | None = None,
    values: Values | None = None,
) -> Explanation:
    """Why each block is in or out; the left out ones nearest to getting in first."""
    if values is None:
        values, _ = values_for(library, prospect, as_of=selection.as_of)
    case = Case(
        library,
        prospect,
        selection.template,
        selection.as_of,
        selection.language,
        index or index_of(library),
        values,
    )
    found = sorted(Reasons(case, selection).all(), key=_nearness)
    return Explanation(prospect, selection, tuple(found), values)


_NEAR = ("outranked", "spread", "limit", "never_with", "slot", "when", "goes_with", "audience", "region")


def _nearness(out: LeftOut) -> tuple[int, int, Decimal, str]:
    place = _NEAR.index(out.condition) if out.condition in _NEAR else len(_NEAR) + (out.condition == "kind")
    changes = out.remedy.count("; ") if out.remedy and out.by_profile else 0
    return place, changes, -(out.score or Decimal(0)), out.block


def _explanation_data(explanation: Explanation) -> dict[str, object]:
    selection = explanation.selection
    return {
        "template": selection.template.id,
        "piece": selection.template.piece,
        "prospect": explanation.prospect.id,
        "language": selection.language,
        "as_of": selection.as_of.isoformat(),
        "sections": [
            {"title": section.section.title, "slots": [_slot_data(slot) for slot in section.slots]}
            for section in selection.sections
        ],
        "left_out": [_left_out_data(out) for out in explanation.left_out],
        "questions": [_question_data(question) for question in selection.questions],
        "values": {name: _trace_data(trace) for name, trace in explanation.values.traces.items()},
    }


def _slot_data(slot: SlotSelection) -> dict[str, object]:
    return {
        "slot": slot_name(slot.slot),
        "included": slot.included,
        "reason": slot.reason,
        "picks": [_pick_data(pick) for pick in slot.picks],
    }


def _pick_data(pick: Pick) -> dict[str, object]:
    return {
        "block": pick.block.id,
        "language": pick.block.language,
        "title": pick.block.title,
        "path": pick.block.path,
        "score": _number(pick.score),
        "because": pick.because,
        "matches": [
            {
                "dimension": m.dimension,
                "wanted": m.wanted,
                "has": m.has,
                "points": _number(m.points),
                "parent": m.parent,
                "at": str(m.at) if m.at else None,
            }
            for m in pick.matches
        ],
        "runner_up": pick.runner_up,
        "runner_up_score": _number(pick.runner_up_score),
    }


def _left_out_data(out: LeftOut) -> dict[str, object]:
    return {
        "block": out.block,
        "condition": out.condition,
        "reason": out.reason,
        "remedy": out.remedy,
        "by_profile": out.by_profile,
        "certain": out.certain,
        "score": _number(out.score),
        "at": str(out.at) if out.at else None,
    }


def _question_data(question: Question) -> dict[str, object]:
    return {
        "fact": question.fact,
        "text": question.text,
        "unlocks": list(question.unlocks),
        "count": question.count,
        "weight": _number(question.weight),
        "allowed": list(question.allowed),
    }


def _trace_data(trace: ValueTrace) -> dict[str, object]:
    return {
        "label": trace.label,
        "value": _plain(trace.value),
        "unit": trace.unit,
        "formula": trace.formula,
        "model": trace.model,
        "reason": trace.reason,
        "needs": list(trace.needs),
        "inputs": [
            {
                "id": use.id,
                "label": use.label,
                "value": _plain(use.value),
                "unit": use.unit,
                "assumed": use.assumed,
                "source": use.source,
                "as_of": use.as_of.isoformat() if use.as_of else None,
                "at": str(use.at) if use.at else None,
            }
            for use in trace.inputs
        ],
    }


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _number(value) if isinstance(value, Decimal) else value


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def slot_name(slot: Slot) -> str:
    """A slot as its author wrote it: "slide cover", "block roi-summary", "pick case-study, 1 to 2"."""
    if slot.slide is not None:
        return f"slide {slot.slide}"
    if slot.block is not None:
        return f"block {slot.block}"
    count = str(slot.at_most) if slot.at_least == slot.at_most else f"{slot.at_least} to {slot.at_most}"
    return f"pick {slot.pick}, {count}"


def _lines(explanation: Explanation) -> list[str]:
    selection = explanation.selection
    head = f"{selection.template.id} for {explanation.prospect.name} ({selection.language}, as of {selection.as_of})"
    lines = [head]
    for section in selection.sections:
        lines += ["", section.section.title or "(no title)"]
        for slot in section.slots:
            lines += _slot_lines(slot)
    return [*lines, *_question_lines(explanation), *_left_out_lines(explanation)]


def _slot_lines(slot: SlotSelection) -> list[str]:
    name = slot_name(slot.slot)
    if not slot.included:
        return [f"  - {name}: left out, {slot.reason}"]
    if slot.slot.slide is not None:
        return [f"  + {name}"]
    if not slot.picks:
        why = f": {slot.left_out[0].reason}" if slot.slot.block is not None and slot.left_out else ""
        return [f"  - {name}: nothing fits{why}"]
    return [f"  {name}", *(line for pick in slot.picks for line in _pick_lines(pick))]


def _pick_lines(pick: Pick) -> list[str]:
    beside = f", next best {pick.runner_up} with {pick.runner_up_score:f}" if pick.runner_up else ""
    why = pick.because or f"{'' if pick.matches else 'speaks to everyone, '}{pick.score:f} points{beside}"
    lines = [f"  + {pick.block.id}  {shorten(pick.block.title, 60, placeholder=' …')}", f"      {why}"]
    for match in pick.matches:
        through = f" (through {match.wanted})" if match.parent else ""
        at = f"  {match.at}" if match.at else ""
        lines.append(f"      {match.dimension} {match.has}{through}: {match.points:f}{at}")
    return lines


def _question_lines(explanation: Explanation) -> list[str]:
    questions = explanation.selection.questions[:SHOWN_QUESTIONS]
    if not questions:
        return []
    lines = ["", "Ask"]
    for number, question in enumerate(questions, 1):
        named = ", ".join(question.unlocks[:4])
        more = f" and {question.count - 4} more" if question.count > 4 else ""
        lines += [
            f"  {number}. {question.text}",
            f"      would unlock {named}{more}" if named else "      decides a slot",
        ]
    return lines


def _left_out_lines(explanation: Explanation) -> list[str]:
    relevant = [out for out in explanation.left_out if out.condition != "kind"]
    if not relevant:
        return []
    lines = ["", "Left out"]
    for out in relevant[:SHOWN_LEFT_OUT]:
        lines.append(f"  - {out.block}: {out.reason}")
        if out.remedy:
            lines.append(f"      {_remedy(out)}")
    rest = len(relevant) - SHOWN_LEFT_OUT
    return [*lines, f"  … and {rest} more"] if rest > 0 else lines


def _remedy(out: LeftOut) -> str:
    if not out.by_profile:
        return out.remedy or ""
    lead = {True: "would bring it in", False: "would not be enough", None: "could bring it in"}[out.certain]
    return f"{lead}: {out.remedy}"
