"""Governance rules, one file each: (library, prospects, masters, day) → diagnostics. They judge and change nothing.

A rule's id is the problem in kebab case; its description in the docs stands under that name. `run_rules` runs them all,
applies waivers and sorts what is left by place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from collateral.diagnostics import Diagnostic, Span
from collateral.model.content import FormContent
from collateral.model.frames import Barrier, DeckMaster
from collateral.model.library import Block, Form, Library, TemplateId
from collateral.model.prospect import Prospect
from collateral.rules.registry import all_rules
from collateral.rules.rule import ReadForm, Rule, View
from collateral.rules.waivers import apply_waivers

SETTINGS = "collateral.yaml"
# without the dimensions, facts and languages of the settings these would find something wrong everywhere
_NEED_SETTINGS = frozenset(
    {"unknown-value", "unknown-region", "unknown-spread", "missing-translation", "prospect-missing-fact"}
)

__all__ = ["Rule", "View", "all_rules", "run_rules"]


def run_rules(
    library: Library,
    prospects: Sequence[Prospect] = (),
    *,
    as_of: date,
    masters: Mapping[TemplateId, DeckMaster] | None = None,
    read_form: ReadForm | None = None,
    fields: Mapping[TemplateId, Sequence[str]] | None = None,
    places: Mapping[TemplateId, Collection[str]] | None = None,
    barriers: Sequence[Barrier] = (),
) -> list[Diagnostic]:
    """Every finding that is not waived, by file, line and code.

    `masters` are the frames of deck templates; rules about layouts and slides say nothing about a template without one.
    `fields` are the dotted paths the tags of a template's master read outside its slides (documents, e-mails).
    `places` are the names of the places for sections that a document template's masters have, in every language.
    `barriers` are what masters and designed files lack for people who listen to them.
    `read_form` parses a form (or gives what was parsed before).
    """
    view = View(
        library,
        prospects,
        as_of=as_of,
        masters=masters or {},
        read_form=read_form or _parse,
        fields=fields,
        places=places,
        barriers=barriers,
    )
    rules = [rule for rule in all_rules() if not (SETTINGS in library.broken and rule.id in _NEED_SETTINGS)]
    found = [diagnostic for rule in rules for diagnostic in rule.check(view)]
    return sorted(dict.fromkeys(apply_waivers(found, library, as_of=as_of)), key=_place)


def _parse(block: Block, form: Form) -> tuple[FormContent, Sequence[Diagnostic]]:
    from collateral.markdown import parse_form

    return parse_form(form, file=block.path)


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str, str]:
    at = diagnostic.at
    line, column = (at.line or 0, at.column or 0) if isinstance(at, Span) else (0, 0)
    return (at.file if at else "", line, column, diagnostic.code, diagnostic.message)
