"""What to ask the prospect: the missing facts, ranked by how much of the piece each would unlock.

In: a case and what was picked. Out: questions, the most useful first. Blocks that content reasons keep out (approval,
validity, language) do not count: no answer of the prospect brings them in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import islice

from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions import lookup
from collateral.model.library import INTERNAL_PIECES, BlockId
from collateral.model.selection import Question
from collateral.plan.case import Case, unknown_facts
from collateral.plan.eligibility import REGION, permitted
from collateral.plan.index import Bits, each
from collateral.plan.labels import fact_label
from collateral.plan.seats import Room
from collateral.plan.words import word

NAMED = 12  # blocks a question names
LOOKED_AT = 400  # blocks whose own rule is judged for one question
HALF = Decimal("0.5")


@dataclass(slots=True)
class _Unlock:
    """What one fact would bring in: by itself, and together with other facts that are unknown too."""

    alone: set[BlockId] = field(default_factory=set)
    shared: set[BlockId] = field(default_factory=set)
    slots: int = 0


def find_questions(case: Case, room: Room) -> tuple[Question, ...]:
    """The questions, most useful first; equals in order of the fact's name."""
    unlocks: dict[str, _Unlock] = {}
    wanted = _wanted_kinds(room)
    _by_audience(case, room, wanted, unlocks)
    _by_region(case, room, wanted, unlocks)
    _by_rules(case, room, wanted, unlocks)
    _by_slots(case, room, unlocks)
    questions = [_question(case, fact, unlock, wanted) for fact, unlock in unlocks.items()]
    return tuple(sorted((q for q in questions if q.weight > 0), key=lambda q: (-q.weight, -q.count, q.fact)))


def _wanted_kinds(room: Room) -> dict[str, int]:
    """How many places the template has for each kind."""
    places: dict[str, int] = {}
    for seat in room.seats:
        if seat.slot.pick is not None:
            places[seat.slot.pick] = places.get(seat.slot.pick, 0) + seat.slot.at_most
    return places


def _concerned(case: Case, wanted: Mapping[str, int], usable: Bits) -> Bits:
    found = 0
    for kind in wanted:
        found |= case.index.kinds.get(kind, 0)
    return found & usable


def _by_audience(case: Case, room: Room, wanted: Mapping[str, int], unlocks: dict[str, _Unlock]) -> None:
    """Blocks aimed by a dimension the profile is silent on, or more narrowly than it speaks."""
    fitting, open_to = _fit_sets(case)
    concerned = _concerned(case, wanted, case.usable)
    for name, open_bits in open_to.items():
        alone = shared = concerned & open_bits
        for other in fitting:
            if other != name:
                alone &= fitting[other]
                shared &= fitting[other] | open_to.get(other, 0)
        if shared:
            unlock = unlocks.setdefault(case.library.dimensions[name].fact, _Unlock())
            _add(case, room, unlock, alone, shared)


def _fit_sets(case: Case) -> tuple[dict[str, Bits], dict[str, Bits]]:
    """Per dimension: the blocks that match, and those an answer could make match."""
    index = case.index
    fitting: dict[str, Bits] = {}
    open_to: dict[str, Bits] = {}
    for name, values in index.aimed.items():
        aim = case.aims.get(name)
        matching = index.anyone[name]
        for value in aim.standings if aim is not None else ():
            matching |= values.get(value, 0)
        fitting[name] = matching
        if aim is None:
            continue
        narrower = 0
        for value in values if not aim.known else aim.narrower & values.keys():
            narrower |= values[value]
        if narrower & ~matching:
            open_to[name] = narrower & ~matching
    return fitting, open_to


def _add(case: Case, room: Room, unlock: _Unlock, alone: Bits, shared: Bits) -> None:
    for position in islice(each(shared), LOOKED_AT):
        block = case.index.blocks[position]
        if block.id in room.present:
            continue
        failing = case.failing_of(block)
        if not failing and alone >> position & 1:
            unlock.alone.add(block.id)
        elif not failing or unknown_facts(failing):
            unlock.shared.add(block.id)


def _by_region(case: Case, room: Room, wanted: Mapping[str, int], unlocks: dict[str, _Unlock]) -> None:
    """Blocks whose claims are permitted in some regions only, while nobody said where the prospect is."""
    aim = case.aims.get(REGION)
    if case.template.piece in INTERNAL_PIECES or aim is None or aim.known:
        return
    usable = case.index.usable(case.as_of, case.template.piece, case.language, case.library.default_language)
    closed = 0
    for limit, bits in case.index.regions.items():
        closed |= 0 if permitted(limit, aim) else bits
    alone = shared = _concerned(case, wanted, usable) & closed
    fitting, open_to = _fit_sets(case)
    for name, bits in fitting.items():
        alone &= bits
        shared &= bits | open_to.get(name, 0)
    if shared:
        _add(case, room, unlocks.setdefault(case.library.dimensions[REGION].fact, _Unlock()), alone, shared)


def _by_rules(case: Case, room: Room, wanted: Mapping[str, int], unlocks: dict[str, _Unlock]) -> None:
    """Blocks that speak to the prospect but whose own rule waits for a fact."""
    fitting, _ = _fit_sets(case)
    concerned = _concerned(case, wanted, case.usable)
    for bits in fitting.values():
        concerned &= bits
    for source in islice(_unknown_rules(case, concerned), LOOKED_AT):
        facts = profile_facts(case, unknown_facts(case.failing(source)))
        for position in islice(each(concerned & case.index.whens[source]), LOOKED_AT):
            block = case.index.blocks[position]
            for fact in facts if block.id not in room.present else ():
                unlock = unlocks.setdefault(fact, _Unlock())
                (unlock.alone if len(facts) == 1 else unlock.shared).add(block.id)


def _unknown_rules(case: Case, concerned: Bits) -> Iterator[str]:
    """The rules of these blocks that wait for a fact; only rules that read something missing are judged."""
    judged: set[str] = set()
    for path, sources in case.index.reads().items():
        if lookup(case.scope, path) is not None:
            continue
        for source in sources:
            if source in judged or not case.index.whens[source] & concerned:
                continue
            judged.add(source)
            if unknown_facts(case.failing(source)):
                yield source


def _by_slots(case: Case, room: Room, unlocks: dict[str, _Unlock]) -> None:
    """Slots (and named blocks) that wait for a fact."""
    for seat in room.seats:
        rule = seat.slot.when
        if rule is None and seat.slot.block is not None:
            block = case.version(seat.slot.block)
            rule = block.when if block is not None and block.id not in room.present else None
        for fact in profile_facts(case, unknown_facts(case.failing(rule))):
            unlock = unlocks.setdefault(fact, _Unlock())
            unlock.slots += 1
            if seat.slot.block is not None:
                unlock.alone.add(seat.slot.block)


def profile_facts(case: Case, paths: Iterable[str]) -> tuple[str, ...]:
    """What to ask for: the profile's own keys, through value models where a rule reads an output."""
    found: dict[str, None] = {}
    for path in paths:
        root, _, rest = path.partition(".")
        if root == "prospect":
            found[rest] = None
        trace = case.values.traces.get(rest) if root == "value" else None
        for need in trace.needs if trace is not None else ():
            found[need.removeprefix("prospect.")] = None
    return tuple(found)


def _question(case: Case, fact: str, unlock: _Unlock, wanted: Mapping[str, int]) -> Question:
    alone, shared = unlock.alone, unlock.shared - unlock.alone
    weight = _places(case, alone, wanted) + HALF * _places(case, shared, wanted) + unlock.slots
    named = [*sorted(alone), *sorted(shared)]
    dimension = next((d for d in case.library.dimensions.values() if d.fact == fact), None)
    values = tuple(dimension.values.values()) if dimension is not None else ()
    shown = tuple(value.labels.get(case.language, value.label) for value in values)
    allowed = tuple(value.label for value in values)
    return Question(fact, _text(case, fact, shown), tuple(named[:NAMED]), weight, len(named), allowed)


def _places(case: Case, ids: Iterable[BlockId], wanted: Mapping[str, int]) -> Decimal:
    """How many places of the template the blocks could take at most."""
    counts: dict[str, int] = {}
    for id in ids:
        kind = next(iter(case.library.blocks[id].values())).kind
        counts[kind] = counts.get(kind, 0) + 1
    return Decimal(sum(min(count, wanted.get(kind, 0)) for kind, count in counts.items()))


def _text(case: Case, fact: str, allowed: tuple[str, ...]) -> str:
    details = case.library.attributes.get("fact_details")
    detail = details.get(fact) if isinstance(details, Mapping) else None
    detail = detail if isinstance(detail, Mapping) else {}
    question = _in_language(case, detail.get("question"))
    if question:
        return question
    dimension = next((d for d in case.library.dimensions.values() if d.fact == fact), None)
    label = fact_label(case.library, fact, case.language)
    choices = f" ({', '.join(allowed[:8])}{', …' if len(allowed) > 8 else ''})" if allowed else ""
    asked = "which matter" if dimension is not None and dimension.fact != dimension.id else "what is"
    return word(asked, case.language).format(
        fact=f"{label[:1].lower()}{label[1:]}", name=case.prospect.name, choices=choices
    )


def _in_language(case: Case, text: object) -> str:
    """A text, or the one for the piece's language out of a map of texts."""
    if isinstance(text, Mapping):
        known = [text.get(language) for language in (case.language, case.library.default_language)]
        text = next((t for t in (*known, *text.values()) if t), None)
    return str(text) if text else ""
