"""The words in the masters of the starter workspace."""

from __future__ import annotations

NAME = "{{ prospect.short_name }}"

DECK = {
    "lang": "en-GB",
    "cover_title": f"{NAME}: less waiting, more done",
    "cover_sub": "Prepared for {{ prospect.name }}",
    "contact": "{{ seller.contact.name }}, {{ seller.contact.title }}",
    "cover_note": "Open with their week, not with us. Ask which request they would like to see finished today.",
    "agenda": "What we would like to settle today",
    "agenda_points": (
        ("What it costs today", "{{ labels.need | default(['Hours that go into waiting']) | list }}"),
        ("How it works", "What changes, and for whom"),
        ("What others did", "A company like yours, with its figures"),
        ("What happens next", "Who does what, and when"),
    ),
    "agenda_note": "Ask which point matters most, and start there.",
    "numbers_when": "value.saving > value.cost_year",
    "numbers_title": f"{NAME} can win back {{{{ value.hours_saved | number(0) }}}} hours a year",
    "numbers_cards": (
        (
            "{{ value.hours_saved | number(0) }}",
            "hours a year, in a team of {{ prospect.team_size | number }}",
        ),
        ("{{ value.saving | money(decimals=0) }}", "a year, counting half of those hours as money"),
        (
            "{{ value.payback_months | number(1) }} months",
            "of full net saving pay for the introduction",
        ),
    ),
    "numbers_basis": "**How we got there.** {{ prospect.team_size | number }} people, {{ value.hours_a_week | number }} hours a week "
    "each spent on waiting, {{ value.rate | money(decimals=0) }} an hour, all in. Change any of these and the result changes with it.",
    "numbers_note": "These are the customer’s own numbers. Show the assumptions first and let them correct one: it becomes their case.",
    "plan_title": f"A plan {NAME} and {{{{ seller.name }}}} keep together",
    "plan_head": ("Step", "Who", "By"),
    "plan_note": "Every row has a name and a day. Rows without either come off before the call ends.",
    "closing_title": "One team, one month, and we both know",
    "closing_text": f"We start with one team. {NAME} keeps the findings, whatever you decide.",
    "closing_note": "Propose two dates and leave with one.",
}
PROPOSAL = {
    "lang": "en-GB",
    "property_title": "Proposal",
    "title": "Less waiting, more done",
    "subtitle": "A proposal for {{ prospect.name }}",
    "prepared": "Prepared by {{ seller.contact.name }}, {{ seller.contact.title }}, on {{ as_of | date }}",
    "attention": "For the attention of {{ contact.name }}{% if known(contact.title) %}, {{ contact.title }}{% endif %}",
    "valid": "Confidential. Valid for sixty days.",
    "contents": "Contents",
    "contents_hint": "The table of contents is filled in when the proposal is made.",
    "header": "{{ prospect.name }}\tProposal by {{ seller.name }}",
    "footer": "{{ seller.legal_name }}  ·  {{ seller.phone }}",
    "of": "of",
    "investment": "Investment",
    "investment_intro": "The price follows the people who take part.",
    "item": "Item",
    "basis": "Basis",
    "amount": "Amount",
    "first_year": "Total in the first year",
    "investment_note": "All amounts exclude VAT.",
    "investment_open": "The price follows the number of people who take part: "
    "**{{ value.price_per_person | money(decimals=0) }} a person a month**. Once we know your team, this page holds the sum.",
    "signature": "Agreed",
    "signature_intro": "By signing below both parties agree to this proposal.",
    "name_role": "Name and role",
    "signatory": "{{ seller.signatory.name }}, {{ seller.signatory.title }}",
    "place_date": "Place and date",
}
BRIEFING = {
    "lang": "en-GB",
    "property_title": "Sales briefing, internal",
    "internal": "INTERNAL  ·  NOT FOR CUSTOMERS",
    "title": "{{ prospect.name }}",
    "subtitle": "Sales briefing, {{ as_of | date }}",
    "deal": "**{{ prospect.opportunity.value | money(decimals=0) }}**{% if known(prospect.opportunity.close) %}, to close by "
    "{{ prospect.opportunity.close | date }}{% endif %}{% if known(labels.stage) %}  ·  {{ labels.stage }}{% endif %}",
    "header": "INTERNAL\t{{ prospect.name }}",
    "footer": "INTERNAL  ·  {{ seller.name }}  ·  do not forward",
    "of": "of",
}
