"""No part of the package needs, by whatever way, a part that needs it."""

from __future__ import annotations

from import_graph import find_circle, folders, import_graph, imports_of


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert " → ".join(find_circle(import_graph())) == ""


def test_no_folders_import_each_other_in_a_circle() -> None:
    assert " → ".join(find_circle(folders(import_graph()))) == ""


SOURCE = """
from a import b
if TYPE_CHECKING:
    from c.d import E
def f():
    import g.h
"""


def test_imports_in_functions_and_for_the_type_checker_count() -> None:
    assert set(imports_of(SOURCE)) == {"a.b", "c.d.E", "g.h"}


def test_a_circle_is_told_from_its_first_module_round_to_it() -> None:
    arrows = {"a": {"b", "c"}, "b": {"c"}, "c": {"d"}, "d": {"b"}}
    assert find_circle({k: frozenset(v) for k, v in arrows.items()}) == ["b", "c", "d", "b"]
    assert find_circle({"a": frozenset({"b", "c"}), "b": frozenset({"c"})}) == []
