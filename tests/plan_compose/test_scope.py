"""Who a piece is for."""

from __future__ import annotations

import pytest

from collateral.plan.scope import main_contact


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Els van Dijk", "Els"),
        ("van Dijk, Els", "Els"),
        ("Jan-Willem de Vries", "Jan-Willem"),
        ("Els van Dijk, MBA", "Els"),
        ("Els, MBA", "Els"),
        ("Cher", "Cher"),
        ("ELS VAN DIJK", "ELS"),
        ("Dr. Els van Dijk", "Dr. Els van Dijk"),
        ("Mevrouw  Jansen", "Mevrouw Jansen"),
        ("E. Jansen", "E. Jansen"),
        ("J.P. Jansen", "J.P. Jansen"),
        ("de Vries", "de Vries"),
        ("Jansen,", "Jansen"),
        ("王 伟", "王 伟"),
        ("  ", ""),
    ],
)
def test_first_name_is_the_given_one_or_the_whole_name(name: str, first: str) -> None:
    contact = main_contact({"contacts": [{"name": name}]})
    assert contact is not None and contact["first_name"] == first


def test_first_name_that_is_given_stays() -> None:
    contact = main_contact({"contacts": [{"name": "Dr. E. Jansen", "first_name": "Els"}]})
    assert contact is not None and contact["first_name"] == "Els"
