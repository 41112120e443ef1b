"""All rules, in the order their descriptions are printed."""

from __future__ import annotations

from importlib import import_module

from collateral.rules.rule import Rule

_MODULES = (
    "unapproved_block", "changed_since_approval", "approval_of_nothing", "expired_block", "not_yet_valid_block",
    "review_overdue", "unknown_claim", "expired_claim", "claim_without_source", "customer_without_permission", "unknown_region", "unused_claim", "unknown_value",
    "circular_definition", "internal_fact_in_customer_form", "competitor_named", "prospect_missing_fact",
    "unreachable_block", "empty_audience", "missing_form", "empty_form", "broken_text", "misplaced_tag", "missing_translation",
    "stale_translation", "unknown_block_reference", "circular_goes_with", "contradictory_goes_with", "unfillable_slot",
    "unknown_layout", "unknown_spread", "unknown_slide_id", "no_place_for_section", "missing_alt_text", "missing_slide_title",
    "missing_table_header", "skipped_heading_level", "lexicon_term", "orphan_value_model",
)  # fmt: skip


def all_rules() -> tuple[Rule, ...]:
    """Every rule."""
    return tuple(import_module(f"collateral.rules.{name}").RULE for name in _MODULES)
