"""Our named tuples behave as the standard library's do."""

from __future__ import annotations

import pickle
import typing
from collections.abc import Callable
from typing import Any

import pytest

from collateral.diagnostics.lazy_namedtuple import NamedTuple


class Ours(NamedTuple):
    """A value."""

    a: int
    b: str = "x"
    c: tuple[int, ...] = ()

    @property
    def double(self) -> int:
        return self.a * 2


class Standard(typing.NamedTuple):
    """A value."""

    a: int
    b: str = "x"
    c: tuple[int, ...] = ()


class Often(NamedTuple):
    a: int
    b: int = 2


def test_fields_defaults_methods_and_repr_are_the_standard_ones() -> None:
    assert repr(Ours(1, c=(2,))) == repr(Standard(1, c=(2,))).replace("Standard", "Ours")
    assert Ours(a=1) == (1, "x", ()) == Ours(1, "x", ())
    assert (Ours(1).b, Ours(1).double, Ours(4, "y", (1,)).c) == ("x", 2, (1,))
    assert Ours._fields == Standard._fields and Ours.__doc__ == "A value."
    assert Ours.__match_args__ == Standard.__match_args__
    assert not hasattr(Ours(1), "__dict__") and type(Ours) is type


@pytest.mark.parametrize(
    "call", [lambda c: c(), lambda c: c(1, 2, 3, 4), lambda c: c(1, z=2), lambda c: c(1, a=2)]
)
def test_wrong_arguments_are_refused_in_the_same_words(call: Callable[[Any], object]) -> None:
    told = []
    for cls in (Ours, Standard):
        with pytest.raises(TypeError) as caught:
            call(cls)
        told.append(str(caught.value).replace(cls.__name__, ""))
    assert told[0] == told[1]


def test_what_is_made_often_is_the_same_as_what_is_made_now_and_then() -> None:
    assert {Often(1, 2) for _ in range(300)} == {(1, 2)} == {Often(b=2, a=1), Often(1)}


def test_a_replaced_field_makes_a_new_value() -> None:
    assert Ours(1)._replace(b="y") == Ours(1, "y") and type(Ours(1)._replace(a=2)) is Ours
    assert Ours(1)._asdict() == Standard(1)._asdict() and Ours._make([1, "z", ()]).b == "z"
    with pytest.raises(ValueError, match="unexpected field names"):
        Ours(1)._replace(z=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Expected 3 arguments, got 1"):
        Ours._make([1])


def test_values_are_pickled_and_matched_like_any_other() -> None:
    assert type(pickle.loads(pickle.dumps(Ours(1, "y")))) is Ours
    match Ours(1, "y"):
        case Ours(a, b):
            assert (a, b) == (1, "y")


def test_a_field_without_a_default_cannot_follow_one_with_a_default() -> None:
    with pytest.raises(TypeError, match="without a default"):

        class Wrong(NamedTuple):
            a: int = 1
            b: int  # type: ignore[misc]
