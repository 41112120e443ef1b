"""One prospect and one template on one day: everything choosing blocks needs, worked out once.

In: library, prospect, template, day, language. Out: rankings, verdicts and rules judged, each remembered. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from collateral.diagnostics import Diagnostic, Span
from collateral.diagnostics.lazy_dataclass import dataclass, field
from collateral.expressions import Expression, Shortfall, evaluate, is_true, parse, shortfalls
from collateral.model.library import INTERNAL_PIECES, Block, BlockId, Library, Template
from collateral.model.prospect import Prospect
from collateral.model.values import Values
from collateral.plan.audience import Aim, Verdict, aims_of, judge
from collateral.plan.eligibility import Obstacle, content_obstacle, region_obstacle
from collateral.plan.facts import definitions_of, rule_scope
from collateral.plan.index import Bits, BlockIndex
from collateral.plan.misnamed import Names
from collateral.plan.ranking import Levels, Ranking, levels_of, out_of_region


@dataclass(slots=True)
class Case:
    """The circumstances under which blocks are chosen."""

    library: Library
    prospect: Prospect
    template: Template
    as_of: date
    language: str
    index: BlockIndex
    values: Values
    aims: Mapping[str, Aim] = field(init=False)
    levels: list[Levels] = field(init=False)
    usable: Bits = field(init=False)
    scope: Mapping[str, object] = field(init=False)
    definitions: Mapping[str, Expression] = field(init=False)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _names: Names = field(init=False)
    _rules: dict[str, tuple[Shortfall, ...]] = field(default_factory=dict)
    _rankings: dict[str, Ranking] = field(default_factory=dict)

    def __post_init__(self) -> None:
        default = self.library.default_language
        internal = self.template.piece in INTERNAL_PIECES
        self.aims = aims_of(self.library, self.prospect, self.index.hierarchies)
        self.levels = levels_of(self.index, self.aims, self.language, default)
        usable = self.index.usable(self.as_of, self.template.piece, self.language, default)
        self.usable = usable & ~out_of_region(self.index, self.aims, self.template.piece)
        self.definitions = definitions_of(self.library)
        self._names = Names(self.library, self.definitions)
        self.scope = rule_scope(
            self.library,
            self.prospect,
            self.values.plain,
            as_of=self.as_of,
            language=self.language,
            internal=internal,
        )

    def ranking(self, kind: str) -> Ranking:
        """The usable blocks of a kind that speak to the prospect, strongest first; their own rules not judged yet."""
        if kind not in self._rankings:
            self._rankings[kind] = Ranking(self.usable & self.index.kinds.get(kind, 0), self.levels)
        return self._rankings[kind]

    def failing(self, rule: str | None, at: Span | None = None) -> tuple[Shortfall, ...]:
        """Why a rule does not hold for certain; empty when it does, or when there is none."""
        if rule is None:
            return ()
        if rule not in self._rules:
            expression, problems = parse(rule, at=at)
            self.diagnostics += problems
            self._rules[rule] = self._judge(expression, rule, at)
        return self._rules[rule]

    def failing_of(self, block: Block) -> tuple[Shortfall, ...]:
        """Why a block's own rule does not hold. A rule nobody can read leaves the block out; the piece goes on."""
        if block.when is not None and block.when not in self._rules:
            expression, problems = parse(block.when, at=self._rule_place(block))
            hint = f'"{block.id}" is left out until its rule is right'
            self.diagnostics += [
                Diagnostic.warning(d.code, d.message, d.at, *d.hints, hint) for d in problems
            ]
            self._rules[block.when] = self._judge(expression, block.when, self._rule_place(block))
        return self.failing(block.when)

    def _rule_place(self, block: Block) -> Span:
        """Where a block's rule stands: a translation takes it from its source."""
        source = self.library.blocks.get(block.id, {}).get(self.library.default_language, block)
        return block.spans.get("when") or source.spans.get("when") or Span(block.path)

    def _judge(self, expression: Expression | None, rule: str, at: Span | None) -> tuple[Shortfall, ...]:
        if expression is None:
            return (Shortfall(rule, (), False, "it cannot be read"),)
        if is_true(evaluate(expression, self.scope, definitions=self.definitions)):
            return ()
        self.diagnostics += self._names.misnamed(expression, at)
        found = shortfalls(expression, self.scope, definitions=self.definitions)
        return found or (Shortfall(rule, (), True),)

    def verdict(self, block: Block) -> Verdict:
        """How the block's audience meets the prospect."""
        return judge(block, self.aims, self.prospect)

    def version(self, id: BlockId) -> Block | None:
        """The block in the piece's language if that may be used, else in the default one; None when neither may."""
        for language in dict.fromkeys((self.language, self.library.default_language)):
            position = self.index.position.get((id, language))
            if position is not None and self.usable >> position & 1:
                return self.index.blocks[position]
        return None

    def obstacle(self, id: BlockId) -> Obstacle | None:
        """Why no version of a block may be used; None when one may."""
        versions = self.library.blocks.get(id)
        if not versions:
            return Obstacle("unknown", f'there is no block "{id}"')
        if self.version(id) is not None:
            return None
        for language in dict.fromkeys((self.language, self.library.default_language)):
            block = versions.get(language)
            if block is None:
                continue
            found = content_obstacle(self.library, block, self.template.piece, self.as_of)
            found = found or region_obstacle(self.library, block, self.template.piece, self.aims)
            if found is not None:
                return found
        known = ", ".join(sorted(versions))
        return Obstacle(
            "language", f"there is no {self.language} text, only {known}", f"translate it to {self.language}"
        )


def unknown_facts(found: Iterable[Shortfall]) -> tuple[str, ...]:
    """The profile facts that are all that keeps a rule from holding; empty when something known is against it."""
    listed = list(found)
    if not listed or not all(shortfall.unknown for shortfall in listed):
        return ()
    paths = (path for shortfall in listed for path, value in shortfall.facts if value is None)
    return tuple(dict.fromkeys(path for path in paths if path.startswith(("prospect.", "value."))))
