"""Select: who gets which block, and why. Library, prospect, template and day → `Selection`.

Works on the block index, so the cost of a prospect depends on what is picked and not on how much there is to pick from.
Deterministic and independent of the order of files: equals are decided by specificity, then by id. It never raises for
what users wrote; what stops a piece is an error among the diagnostics. It must not know text, masters or pieces of Office.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from collateral.diagnostics import Diagnostic, Span
from collateral.model.library import Block, Library, Template
from collateral.model.prospect import Prospect
from collateral.model.selection import Match, Pick, SectionSelection, Selection, SlotSelection
from collateral.model.values import Values
from collateral.plan.audience import LANGUAGE_WEIGHT, POINTS, score
from collateral.plan.case import Case
from collateral.plan.gaps import empty_slot
from collateral.plan.index import BlockIndex, index_of
from collateral.plan.limits import keep_within_limits
from collateral.plan.questions import find_questions
from collateral.plan.ranking import Candidate
from collateral.plan.seats import Room, Seat, Seated
from collateral.plan.value_models import values_for

MAX_RUNNERS_UP = 200  # candidates looked at to find the runner-up of a slot


def select_blocks(
    library: Library,
    prospect: Prospect,
    template: Template,
    *,
    as_of: date,
    language: str | None = None,
    index: BlockIndex | None = None,
    values: Values | None = None,
) -> tuple[Selection, list[Diagnostic]]:
    """The blocks of one piece for one prospect, with reasons; an empty obligatory slot is an error.

    `language` overrides the prospect's. `index` and `values` are worked out when they are not given.
    """
    chosen, problems = choose_language(library, prospect, template, language)
    if values is None:
        values, found = values_for(library, prospect, as_of=as_of)
        problems += found
    case = Case(library, prospect, template, as_of, chosen, index or index_of(library), values)
    room, found = fill_room(case)
    problems += found
    sections = tuple(_sections(room))
    questions = find_questions(case, room)
    problems += [
        *case.diagnostics,
        *room.cycle_problems(),
        *_fallbacks(case, room),
        *_empty_slots(case, room),
    ]
    return Selection(template, chosen, sections, questions, as_of), _unique(problems)


def choose_language(
    library: Library, prospect: Prospect, template: Template, wanted: str | None = None
) -> tuple[str, list[Diagnostic]]:
    """The language of the piece: the one asked for, else the prospect's, else the default; one the workspace has."""
    said = wanted or prospect.facts.get("language")
    if not isinstance(said, str) or not said:
        return library.default_language, []
    offered = template.languages or library.languages or (library.default_language,)
    at = None if wanted else prospect.spans.get("language")
    base = said.replace("_", "-").partition("-")[0]
    for language in (said, *_TRADITIONAL.get(said.replace("_", "-").lower(), ()), base):
        if language in offered:
            return language, _other_characters(said, language, at)
    instead = library.default_language if library.default_language in offered else offered[0]
    message = f'there is no "{said}" version of "{template.id}", it is made in {instead}'
    return instead, [
        Diagnostic.warning("language-not-offered", message, at, f"offered: {', '.join(offered)}")
    ]


# Chinese in traditional characters: what else serves before Chinese of no named kind does.
_TRADITIONAL = dict.fromkeys(("zh-tw", "zh-hk", "zh-mo", "zh-hant"), ("zh-Hant", "zh-TW", "zh-HK"))


def _other_characters(said: str, language: str, at: Span | None) -> list[Diagnostic]:
    """A warning where Chinese in traditional characters is asked for and the Chinese there is does not say its kind."""
    if language != "zh" or said.replace("_", "-").lower() not in _TRADITIONAL:
        return []
    message = f'the piece for "{said}" is made of the texts in "zh", which may be in simplified characters'
    hint = 'offer "zh-Hant" beside "zh", or say `language: zh` where it is the same'
    return [Diagnostic.warning("language-not-offered", message, at, hint)]


def fill_room(case: Case) -> tuple[Room, list[Diagnostic]]:
    """By strength alone if that fills every obligatory slot, else the obligatory slots choose first; within limits."""
    room = Room(case, _seats(case))
    room.fill(obligatory_first=False)
    if room.missing():
        second = Room(case, _seats(case))
        second.fill(obligatory_first=True)
        room = second if second.missing() < room.missing() else room
    return room, keep_within_limits(room, case.template)


def _seats(case: Case) -> list[Seat]:
    seats: list[Seat] = []
    for slot in (slot for section in case.template.sections for slot in section.slots):
        failing = case.failing(slot.when, slot.at)
        reason = f"needs {'; '.join(map(str, failing))}" if failing else None
        seats.append(Seat(slot, len(seats), open=not failing, reason=reason))
    return seats


def _sections(room: Room) -> Iterator[SectionSelection]:
    seats = iter(room.seats)
    for section in room.case.template.sections:
        slots = tuple(_slot_selection(room, next(seats)) for _ in section.slots)
        yield SectionSelection(section, slots)


def _slot_selection(room: Room, seat: Seat) -> SlotSelection:
    runner_up = _runner_up(room, seat) if seat.open and seat.slot.pick is not None and seat.taken else None
    picks = tuple(_pick(room.case, seated, runner_up) for seated in seat.taken)
    turned_away = tuple(out for id, out in seat.turned_away.items() if id not in room.present)
    return SlotSelection(seat.slot, picks, turned_away, seat.open, seat.reason)


def _runner_up(room: Room, seat: Seat) -> Candidate | None:
    """The strongest candidate that got no place anywhere."""
    ranking = room.case.ranking(seat.slot.pick or "")
    for place in range(MAX_RUNNERS_UP):
        candidate = ranking.at(place)
        if candidate is None:
            return None
        block = room.case.index.blocks[candidate.position]
        if block.id not in room.present and not room.case.failing_of(block):
            return candidate
    return None


def _pick(case: Case, seated: Seated, runner_up: Candidate | None) -> Pick:
    matches = (*case.verdict(seated.block).matches, *_language_match(case, seated.block))
    points = sum((match.points for match in matches), score(0))
    rival = None
    if runner_up is not None and seated.because is None:
        rival = case.index.blocks[runner_up.position].id
    return Pick(
        block=seated.block,
        score=points,
        matches=matches,
        because=seated.because,
        runner_up=rival,
        runner_up_score=score(runner_up.points) if runner_up is not None and rival else None,
    )


def _language_match(case: Case, block: Block) -> tuple[Match, ...]:
    if case.language == case.library.default_language or block.language != case.language:
        return ()
    at = case.prospect.spans.get("language")
    return (Match("language", block.language, case.language, score(LANGUAGE_WEIGHT * POINTS), at=at),)


def _fallbacks(case: Case, room: Room) -> Iterator[Diagnostic]:
    """A warning for each block shown in another language than the piece's."""
    for seated in (s for seat in room.seats for s in seat.taken):
        block = seated.block
        if block.language != case.language:
            message = f'"{block.id}" has no {case.language} text that may be used, its {block.language} text is shown'
            hint = f"write and approve {block.id}.{case.language}.md"
            yield Diagnostic.warning("missing-translation", message, Span(block.path), hint)


def _empty_slots(case: Case, room: Room) -> Iterator[Diagnostic]:
    for seat in room.seats:
        if seat.open and room.empty(seat):
            yield empty_slot(case, seat)


def _unique(problems: Sequence[Diagnostic]) -> list[Diagnostic]:
    kept: dict[str, Diagnostic] = {}
    for problem in problems:
        kept.setdefault(f"{problem.code} {problem.at} {problem.message}", problem)
    return list(kept.values())
