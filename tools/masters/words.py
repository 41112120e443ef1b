"""The words on the designed slides and in the documents, per language."""

from __future__ import annotations

NAME = "{{ prospect.short_name }}"

ENGLISH = {
    "lang": "en-GB",
    "cover_title": f"{NAME}: more freight through the docks you have",
    "cover_sub": "Prepared for {{ prospect.name }}",
    "contact": "{{ seller.contact.name }}, {{ seller.contact.title }}",
    "cover_note": "Open with the dock, not with Harborline. Ask who in the room last stood in the yard at ten past eight.",
    "agenda": "What we would like to settle today",
    "agenda_points": (
        (
            "What waiting costs",
            "{{ labels.need | default(['Hours at the gate', 'overtime', 'late departures']) | list }}",
        ),
        ("What others did", "Sites like yours, with their figures"),
        ("How it works", "One schedule from gate to dock door"),
        ("What it takes", "Weeks, people and money"),
        ("What happens next", "Who does what, and when"),
    ),
    "agenda_note": "Ask which point matters most, and start there. The order is a suggestion.",
    "numbers_title": f"{NAME} can win back {{{{ value.hours_saved | number(0) }}}} dock hours a year",
    "numbers_cards": (
        (
            "{{ value.hours_saved | number(0) }}",
            "dock hours won back a year, at {{ prospect.dock_doors | number }} dock doors",
        ),
        (
            "{{ value.saving | money(decimals=0) }}",
            "saved a year in labour{% if value.detention_saving > 0 %} and detention fees{% endif %}",
        ),
        (
            "{{ value.payback_months | number(1) }} months",
            "of full net saving pay for the roll-out",
        ),
    ),
    "numbers_basis": "**How we got there.** {{ prospect.trucks_per_day | number }} trucks a day, {{ value.days | number }} working "
    "days, {{ value.minutes_per_truck_saved | number(0) }} minutes less on site per truck, {{ value.labour_rate | money }} an hour "
    "of dock labour. Change any of these and the result changes with it.",
    "numbers_note": "These are the customer’s own numbers. Show the assumptions first, then let them correct one: it becomes their case.",
    "chart_title": "After one year {{ prospect.short_name }} is {{ value.net_first_year | money(decimals=0) }} ahead, roll-out included",
    "chart_alt": "{{ chart(value.by_quarter) }} Column chart of what {{ prospect.short_name }} saves and what it costs, added up over the "
    "quarters of the first year",
    "chart_series": ("Cumulative saving", "Cumulative cost"),
    "chart_points": (
        "{{ value.saving | money(decimals=0) }} a year once every door is live",
        "{{ value.cost_first_year | money(decimals=0) }} in the first year, roll-out included",
        "Doors go live in four waves, so the saving grows by quarter",
    ),
    "chart_note": "The first quarter is nearly always negative. Say so before they see it.",
    "plan_title": f"A plan {NAME} and Harborline keep together",
    "plan_head": ("Step", "Who", "By"),
    "plan_note": "Every row has a name and a day. Rows without either come off before the call ends.",
    "closing_title": "Half a day in your yard, and we both know",
    "closing_text": f"We measure one shift with your team. {NAME} keeps the findings, whatever you decide.",
    "closing_note": "Propose two dates. A walk through the yard decides more deals than any slide.",
}
DUTCH = {
    "lang": "nl-NL",
    "cover_title": f"{NAME}: meer vracht door de docks die er al zijn",
    "cover_sub": "Opgesteld voor {{ prospect.name }}",
    "contact": "{{ seller.contact.name }}, {{ seller.contact.title_nl }}",
    "cover_note": "Begin met het dock, niet met Harborline. Vraag wie om tien over acht voor het laatst op het terrein stond.",
    "agenda": "Wat we vandaag willen afspreken",
    "agenda_points": (
        (
            "Wat wachten kost",
            "{{ labels.need | default(['Uren aan de poort', 'overwerk', 'late vertrekken']) | list }}",
        ),
        ("Wat anderen deden", "Vergelijkbare locaties, met hun cijfers"),
        ("Hoe het werkt", "Eén planning van poort tot dockdeur"),
        ("Wat het vraagt", "Weken, mensen en geld"),
        ("Hoe verder", "Wie doet wat, en wanneer"),
    ),
    "agenda_note": "Vraag welk punt het zwaarst weegt en begin daar. De volgorde is een voorstel.",
    "numbers_title": f"{NAME} kan {{{{ value.hours_saved | number(0) }}}} dockuren per jaar terugwinnen",
    "numbers_cards": (
        (
            "{{ value.hours_saved | number(0) }}",
            "dockuren per jaar terug, bij {{ prospect.dock_doors | number }} dockdeuren",
        ),
        (
            "{{ value.saving | money(decimals=0) }}",
            "per jaar minder aan arbeid{% if value.detention_saving > 0 %} en wachtgeld{% endif %}",
        ),
        (
            "{{ value.payback_months | number(1) }} maanden",
            "volle netto besparing betalen de invoering",
        ),
    ),
    "numbers_basis": "**Hoe we daarop komen.** {{ prospect.trucks_per_day | number }} trucks per dag, {{ value.days | number }} werkdagen, "
    "{{ value.minutes_per_truck_saved | number(0) }} minuten korter op het terrein per truck, {{ value.labour_rate | money }} per uur "
    "dockarbeid. Verandert een van deze cijfers, dan verandert de uitkomst mee.",
    "numbers_note": "Dit zijn de cijfers van de klant. Toon eerst de aannames en laat er een corrigeren: dan is het hun rekensom.",
    "chart_title": "Na één jaar houdt {{ prospect.short_name }} {{ value.net_first_year | money(decimals=0) }} over, invoering inbegrepen",
    "chart_alt": "{{ chart(value.by_quarter) }} Kolomgrafiek van wat {{ prospect.short_name }} bespaart en wat het kost, opgeteld over de "
    "kwartalen van het eerste jaar",
    "chart_series": ("Besparing, opgeteld", "Kosten, opgeteld"),
    "chart_points": (
        "{{ value.saving | money(decimals=0) }} per jaar zodra alle deuren meedoen",
        "{{ value.cost_first_year | money(decimals=0) }} in het eerste jaar, invoering inbegrepen",
        "De deuren gaan in vier stappen live, dus de besparing groeit per kwartaal",
    ),
    "chart_note": "Het eerste kwartaal is bijna altijd negatief. Zeg het voordat zij het zien.",
    "plan_title": f"Een plan dat {NAME} en Harborline samen volgen",
    "plan_head": ("Stap", "Wie", "Wanneer"),
    "plan_note": "Elke regel heeft een naam en een dag. Regels zonder gaan er voor het einde van het gesprek af.",
    "closing_title": "Een halve dag op uw terrein, en we weten het allebei",
    "closing_text": f"We meten één dienst samen met uw team. {NAME} houdt de bevindingen, wat u ook besluit.",
    "closing_note": "Stel twee data voor. Een ronde over het terrein beslist meer dan welke slide ook.",
}
WORDS = {"en": ENGLISH, "nl": DUTCH}
