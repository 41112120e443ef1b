"""collateral.yaml: dimensions, languages, policy, waivers."""

from __future__ import annotations

from collateral.load.settings import read_settings


def test_narrower_values_need_not_be_listed_themselves() -> None:
    settings, found = read_settings(
        "seller: {name: x}\ndimensions: {industry: {values: {logistics: {includes: [last-mile]}}}}", "c"
    )
    assert found == []
    assert list(settings.dimensions["industry"].values) == ["logistics", "last-mile"]
    assert settings.dimensions["industry"].values["last-mile"].label == "Last mile"


def test_a_plain_list_of_values_is_enough() -> None:
    settings, _ = read_settings("seller: {name: x}\ndimensions: {region: [emea, apac]}", "c")
    assert list(settings.dimensions["region"].values) == ["emea", "apac"]


def test_labels_come_per_language() -> None:
    text = "seller: {name: x}\nlanguages: {default: nl, also: [en]}\ndimensions: {need: {values: {a: {label: {en: A, nl: B}}}}}"
    settings, _ = read_settings(text, "c")
    value = settings.dimensions["need"].values["a"]
    assert (value.label, value.labels) == ("B", {"en": "A", "nl": "B"})
    assert settings.languages == ("nl", "en")


def test_dimensions_people_have_several_of_are_read_from_the_plural() -> None:
    settings, _ = read_settings(
        "seller: {name: x}\ndimensions: {need: [a], stage: [b], size: {fact: employees, values: [c]}}", "c"
    )
    assert {d.id: d.fact for d in settings.dimensions.values()} == {
        "need": "needs",
        "stage": "stage",
        "size": "employees",
    }


def test_value_that_includes_itself_is_an_error() -> None:
    text = "seller: {name: x}\ndimensions: {i: {values: {a: {includes: [b]}, b: {includes: [a]}}}}"
    assert [d.code for d in read_settings(text, "c")[1]] == ["circular-includes"] * 2


def test_wrong_dimension_leaves_the_others_alone() -> None:
    settings, found = read_settings(
        "seller: {name: x}\ndimensions: {a: {wieght: 3, values: [x]}, b: [y]}", "c"
    )
    assert list(settings.dimensions) == ["b"]
    assert found[0].hints == ('did you mean "weight"?',)


def test_review_time_is_written_in_days() -> None:
    settings, _ = read_settings("seller: {name: x}\npolicy: {review_after: 180d, approvals: optional}", "c")
    assert settings.policy.review_after_days == 180
    assert settings.policy.approvals_required is False
    _, found = read_settings("seller: {name: x}\npolicy: {review_after: half a year}", "c")
    assert "180d" in found[0].message


def test_yaml_1_1_booleans_are_no_booleans() -> None:
    _, found = read_settings("seller: {name: x}\npolicy: {approvals: no}", "c")
    assert found[0].code == "unknown-value"


def test_waiver_needs_a_reason() -> None:
    _, found = read_settings("seller: {name: x}\nwaive: [{rule: expired-block}]", "c")
    assert found[0].message == '"reason" is missing in "waive.0"'
