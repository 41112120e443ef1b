"""Our dataclasses behave as the standard library's do."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from collateral.diagnostics.lazy_dataclass import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Frozen:
    """A value."""

    a: int
    b: str = "x"
    c: tuple[int, ...] = field(default_factory=tuple)
    d: int = field(default=0, compare=False, repr=False)

    @property
    def double(self) -> int:
        return self.a * 2


@dataclass(slots=True)
class Open:
    a: int
    items: list[int] = field(default_factory=list)


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    a: int
    b: str = "x"
    c: tuple[int, ...] = dataclasses.field(default_factory=tuple)
    d: int = dataclasses.field(default=0, compare=False, repr=False)


@dataclass(slots=True)
class Prepared:
    a: int
    b: int = field(init=False)
    c: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.b = self.a + 1


@dataclass(frozen=True, slots=True)
class Checked:
    a: int
    b: int = field(default=0, kw_only=True)

    def __post_init__(self) -> None:
        if self.a < 0:
            raise ValueError


@dataclass(slots=True)
class Mixed:
    a: list[int] = dataclasses.field(default_factory=list)


def test_construction_defaults_and_repr_are_the_standard_ones() -> None:
    assert repr(Frozen(1, c=(2,))) == repr(Standard(1, c=(2,))).replace("Standard", "Frozen")
    assert Frozen(a=1).b == "x" and Frozen(1).double == 2
    assert Open(1).items is not Open(1).items


@pytest.mark.parametrize(
    "call", [lambda c: c(), lambda c: c(1, 2, (), 4, 5), lambda c: c(1, z=2), lambda c: c(1, a=2)]
)
def test_wrong_arguments_are_refused(call: Callable[[Any], object]) -> None:
    for cls in (Frozen, Standard):
        with pytest.raises(TypeError):
            call(cls)


def test_equality_and_hash_leave_out_what_is_not_compared() -> None:
    assert Frozen(1, d=2) == Frozen(1, d=3) and hash(Frozen(1, d=2)) == hash(Frozen(1, d=3))
    assert Frozen(1) != Frozen(2) and Frozen(1) != Standard(1)
    with pytest.raises(TypeError):
        hash(Open(1))


def test_frozen_value_cannot_be_changed() -> None:
    value = Frozen(1)
    for change in (
        lambda: setattr(value, "a", 2),
        lambda: delattr(value, "a"),
        lambda: setattr(value, "new", 1),
    ):
        with pytest.raises(dataclasses.FrozenInstanceError):
            change()
    assert not hasattr(value, "__dict__")


def test_tools_of_the_standard_library_work() -> None:
    assert is_dataclass(Frozen) and [f.name for f in fields(Frozen)] == ["a", "b", "c", "d"]
    assert replace(Frozen(1), b="y") == Frozen(1, "y")
    assert dataclasses.asdict(Open(1, [2])) == {"a": 1, "items": [2]}
    assert pickle.loads(pickle.dumps(Frozen(1, "y", (3,), 4))) == Frozen(1, "y", (3,), 4)


def test_a_replaced_field_makes_a_new_value() -> None:
    assert replace(Frozen(1, d=3), b="y") == Frozen(1, "y") and replace(Frozen(1, d=3)).d == 3
    assert dataclasses.replace(Frozen(1), b="y") == replace(Frozen(1), b="y")
    assert replace(Standard(1), b="y") == Standard(1, "y")
    with pytest.raises(TypeError):
        replace(Frozen(1), z=1)  # type: ignore[call-arg]


def test_what_is_made_often_is_the_same_as_what_is_made_now_and_then() -> None:
    assert {Frozen(a=1, b="x") for _ in range(40)} == {Frozen(1)}
    for _ in range(40):
        made = Prepared(1)
        assert (made.b, made.c) == (2, []) and made.c is not Prepared(1).c
    assert repr(Prepared(1)) == "Prepared(a=1, b=2, c=[])" and Prepared(1) == Prepared(1)
    with pytest.raises(TypeError):
        Prepared(1, b=2)  # type: ignore[call-arg]


def test_class_with_more_than_plain_fields_goes_to_the_standard_library() -> None:
    assert Checked(1, b=2).b == 2 and Mixed().a == []
    with pytest.raises(ValueError):
        Checked(-1)
    for cls in (Checked, Mixed):
        assert hasattr(cls, "__dataclass_params__") and not hasattr(Frozen, "__dataclass_params__")


def test_class_pattern_matches() -> None:
    match Frozen(1, "y"):
        case Frozen(a, b):
            assert (a, b) == (1, "y")
