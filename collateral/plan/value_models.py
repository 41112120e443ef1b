"""Value models for one prospect: what `value.*` means, with every number traced to its inputs and their sources.

In: the models and a profile. Out: `Values` and diagnostics. Arithmetic is exact (Decimal, 28 digits); a missing input
without a default leaves the outputs that need it unknown, never zero. It must not format anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from collateral.diagnostics import Diagnostic
from collateral.expressions import Expression, evaluate, is_true, is_unknown, lookup, parse
from collateral.model.library import Library, ModelInput, ModelOutput, ValueModel
from collateral.model.prospect import Prospect, Provenance
from collateral.model.values import InputUse, Values, ValueTrace
from collateral.plan.facts import definitions_of

PLACES = Decimal("0.0001")  # what is shown rests on at most this; formulas go on with the exact value


def compute_values(
    models: Mapping[str, ValueModel],
    prospect: Prospect,
    *,
    as_of: date,
    definitions: Mapping[str, Expression] | None = None,
) -> tuple[Values, list[Diagnostic]]:
    """Every output of every model that applies to the prospect, in order of model id and definition."""
    run = _Run(prospect, as_of, definitions or {})
    for name in sorted(models):
        run.model(models[name])
    return Values(run.plain, run.traces), run.diagnostics


_recent: list[tuple[Library, Prospect, date, tuple[Values, list[Diagnostic]]]] = []


def values_for(library: Library, prospect: Prospect, *, as_of: date) -> tuple[Values, list[Diagnostic]]:
    """The values of a prospect by a library's models and definitions; the last answer is kept for its other pieces."""
    for known, who, day, answer in _recent:
        if known is library and who is prospect and day == as_of:
            return answer[0], list(answer[1])
    answer = compute_values(library.value_models, prospect, as_of=as_of, definitions=definitions_of(library))
    _recent[:] = [(library, prospect, as_of, answer)]
    return answer[0], list(answer[1])


class _Run:
    """One prospect's values while they are worked out."""

    def __init__(self, prospect: Prospect, as_of: date, definitions: Mapping[str, Expression]) -> None:
        self.prospect, self.definitions = prospect, definitions
        self.roots: dict[str, object] = {"prospect": prospect.facts, "as_of": as_of}
        self.plain: dict[str, object] = {}
        self.exact: dict[str, object] = {}
        self.traces: dict[str, ValueTrace] = {}
        self.diagnostics: list[Diagnostic] = []

    def model(self, model: ValueModel) -> None:
        """Add the outputs of one model."""
        inputs = {item.id: self._input(item) for item in model.inputs}
        refusal = self._refusal(model)
        for output in model.outputs:
            if output.id in self.traces:
                message = f'"value.{output.id}" is defined by "{self.traces[output.id].model}" already'
                self.diagnostics.append(Diagnostic.warning("duplicate-value", message, output.at))
                continue
            if refusal is not None:
                self.traces[output.id] = _trace(model, output, None, reason=refusal[0], needs=refusal[1])
            else:
                self._output(model, output, inputs)

    def _refusal(self, model: ValueModel) -> tuple[str, tuple[str, ...]] | None:
        """Why the model does not apply and what would have to be known; None when it does."""
        if model.when is None:
            return None
        expression, problems = parse(model.when, at=model.at)
        self.diagnostics += problems
        if expression is None:
            return f'the rule of "{model.id}" cannot be read', ()
        result = evaluate(expression, self.roots | {"value": self.exact}, definitions=self.definitions)
        if is_true(result):
            return None
        needs = _facts(result.facts) if is_unknown(result) else ()
        return f'"{model.id}" applies when {model.when}', needs

    def _input(self, item: ModelInput) -> InputUse:
        fact = item.fact or item.id
        found = lookup(self.prospect.facts, fact)
        if isinstance(found, Mapping):
            found = found.get("value")
        if found is not None and (amount := _number(found)) is not None:
            origin = self.prospect.provenance.get(fact, Provenance())
            at = self.prospect.spans.get(fact)
            return InputUse(
                item.id, item.label, item.unit, fact, amount, False, origin.source, origin.as_of, at
            )
        if found is not None:
            message = (
                f'"{fact}" is "{str(found)[:40]}", a value model needs a number in {item.unit or "units"}'
            )
            hint = f"the assumed {item.default} is used" if item.default is not None else "write digits"
            self.diagnostics.append(
                Diagnostic.warning("wrong-kind", message, self.prospect.spans.get(fact), hint)
            )
        return InputUse(
            item.id,
            item.label,
            item.unit,
            fact,
            item.default,
            item.default is not None,
            item.source or None,
            at=item.at,
        )

    def _output(self, model: ValueModel, output: ModelOutput, inputs: Mapping[str, InputUse]) -> None:
        expression, problems = parse(output.formula, at=output.at)
        self.diagnostics += problems
        if expression is None:
            self.traces[output.id] = _trace(model, output, None, reason="the formula cannot be read")
            return
        known = {name: use.value for name, use in inputs.items() if use.value is not None}
        scope = {**self.exact, **known, **self.roots, "value": self.exact, "input": known}
        result = evaluate(expression, scope, definitions=self.definitions)
        uses, needs = self._basis(expression, inputs)
        if is_unknown(result):
            reason = result.reason or f"needs {', '.join(needs) or ', '.join(result.facts)}"
            self.traces[output.id] = _trace(model, output, None, uses, needs or _facts(result.facts), reason)
            return
        self.exact[output.id] = result
        self.plain[output.id] = shown = _presentable(result)
        self.traces[output.id] = _trace(model, output, shown, uses)

    def _basis(
        self, expression: Expression, inputs: Mapping[str, InputUse]
    ) -> tuple[tuple[InputUse, ...], tuple[str, ...]]:
        """The inputs a formula rests on, through earlier outputs too, and the profile facts that are missing."""
        uses: dict[str, InputUse] = {}
        needs: dict[str, None] = {}
        for path in sorted(expression.reads):
            root, _, rest = path.partition(".")
            name = rest if root in ("input", "value") else root
            if name in inputs and root != "value":
                uses[name] = inputs[name]
                if inputs[name].value is None:
                    needs[f"prospect.{inputs[name].fact}"] = None
            elif name in self.traces:
                uses |= {use.id: use for use in self.traces[name].inputs}
                needs |= dict.fromkeys(self.traces[name].needs)
            elif root == "prospect":
                uses[path] = self._fact(rest)
                needs |= {path: None} if uses[path].value is None else {}
        return tuple(uses.values()), tuple(needs)

    def _fact(self, fact: str) -> InputUse:
        origin = self.prospect.provenance.get(fact, Provenance())
        value = lookup(self.prospect.facts, fact)
        at = self.prospect.spans.get(fact)
        return InputUse(f"prospect.{fact}", fact, "", fact, value, False, origin.source, origin.as_of, at)


def _trace(
    model: ValueModel,
    output: ModelOutput,
    value: object,
    inputs: tuple[InputUse, ...] = (),
    needs: tuple[str, ...] = (),
    reason: str | None = None,
) -> ValueTrace:
    return ValueTrace(
        model.id, output.id, output.label, output.unit, output.formula, value, inputs, needs, reason
    )


def _facts(paths: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(path for path in paths if path.startswith("prospect."))


def _number(value: object) -> int | Decimal | None:
    """A number out of a profile, exactly as it was written; None when it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | Decimal):
        return value
    if isinstance(value, float) and value - value == 0:  # neither infinite nor not a number
        return Decimal(repr(value))
    return None


def _presentable(value: object) -> object:
    """Rounded half up to four decimals, whole numbers as such, lists item by item."""
    if isinstance(value, list | tuple):
        return [_presentable(item) for item in value]
    if not isinstance(value, Decimal):
        return value
    if value.adjusted() > 22:
        return value
    short = value.quantize(PLACES, rounding=ROUND_HALF_UP)
    return int(short) if short == short.to_integral_value() else short.normalize()
