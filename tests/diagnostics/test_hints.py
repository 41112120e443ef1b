"""What a diagnostic hints at when a name does not exist."""

from __future__ import annotations

from collateral.diagnostics.hints import closest, did_you_mean, near_hint, one_of


def test_a_word_in_the_wrong_case_is_close() -> None:
    assert closest("RETAIL", ["logistics", "retail"]) == "retail"


def test_what_is_close_is_asked_for_and_few_names_are_listed() -> None:
    assert near_hint("retial", ["retail"]) == ('did you mean "retail"?',)
    assert near_hint("zzz", ["retail"]) == ()
    assert did_you_mean("zzz", {"b": 1, "a": 2}) == ("known: a, b",)
    assert one_of("zzz", ["b", "a"]) == ("use one of b, a",)
    assert one_of("zzz", [f"value-{n}" for n in range(50)]) == ()
