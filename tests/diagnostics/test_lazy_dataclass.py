"""Our dataclasses behave as the standard library's do."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field, fields, is_dataclass, replace
from typing import Any

import pytest

from collateral.diagnostics.lazy_dataclass import dataclass


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
    c: tuple[int, ...] = field(default_factory=tuple)
    d: int = field(default=0, compare=False, repr=False)


@dataclass(slots=True)
class Prepared:
    a: int
    b: int = field(init=False)

    def __post_init__(self) -> None:
        self.b = self.a + 1


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


def test_class_with_more_than_plain_fields_goes_to_the_standard_library() -> None:
    assert Prepared(1).b == 2
    assert Prepared.__init__.__qualname__ != Frozen.__init__.__qualname__


def test_class_pattern_matches() -> None:
    match Frozen(1, "y"):
        case Frozen(a, b):
            assert (a, b) == (1, "y")
