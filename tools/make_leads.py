"""Make campaigns/leads.csv: 200 rows as a CRM exports them, with the faults such exports have. Equal runs give equal bytes.

The faults: a byte order mark, blank columns, mixed case and stray blanks, duplicates, ragged rows, dates that cannot be read,
decimal commas, unknown values, hostile names, and two companies of one name.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

TARGET = Path(__file__).parents[1] / "campaigns" / "leads.csv"
ROWS = 200
COLUMNS = [
    "Id",
    "IsDeleted",
    "MasterRecordId",
    "Name",
    "Type",
    "ParentId",
    "BillingStreet",
    "BillingCity",
    "BillingState",
    "BillingPostalCode",
    "BillingCountry",
    "BillingLatitude",
    "BillingLongitude",
    "ShippingStreet",
    "ShippingCity",
    "ShippingCountry",
    "Phone",
    "Fax",
    "AccountNumber",
    "Website",
    "PhotoUrl",
    "Sic",
    "Industry",
    "AnnualRevenue",
    "NumberOfEmployees",
    "Ownership",
    "TickerSymbol",
    "Description",
    "Rating",
    "Site",
    "OwnerId",
    "CreatedDate",
    "LastModifiedDate",
    "LastActivityDate",
    "AccountSource",
    "StageName",
    "Amount",
    "CurrencyIsoCode",
    "CloseDate",
    "NextStep",
    "LeadSource",
    "Primary_Contact__c",
    "Primary_Contact_Title__c",
    "Primary_Contact_Email__c",
    "Preferred_Language__c",
    "Main_Needs__c",
    "Dock_Doors__c",
    "Trucks_per_Day__c",
    "Sites__c",
    "Detention_per_Month__c",
    "WMS__c",
    "Do_Not_Call__c",
]
FIRST = ("Alder", "Birch", "Cedar", "Dover", "Elm", "Fern", "Grange", "Hazel", "Iris", "Juniper", "Kingsway", "Linden", "Maple",
         "Northgate", "Orchard", "Pepper", "Quill", "Rosemary", "Saffron", "Thyme")  # fmt: skip
SECOND = ("Foods", "Markets", "Home", "Outlet", "Wear", "Living", "Garden", "Direct", "Stores", "Trading")
LEGAL = ("B.V.", "GmbH", "Ltd", "plc", "Inc.", "AB", "NV", "A/S", "LLC", "")
PLACES = (
    ("Rotterdam", "Netherlands", "EUR"), ("Venlo", "NL", "EUR"), ("Duisburg", "Germany", "EUR"), ("Hamburg", "Deutschland", "EUR"),
    ("Leeds", "United Kingdom", "GBP"), ("Daventry", "uk", "GBP"), ("Columbus", "United States", "USD"), ("Dallas", "USA", "USD"),
    ("Malmö", "Sweden", "SEK"), ("Antwerp", "Belgium", "EUR"),
)  # fmt: skip
INDUSTRIES = ("Retail", "retail ", "Retail - Grocery", "GROCERY", "Apparel", "Fashion & Apparel", "E-Commerce", "eCommerce / Online",
              "Home & Garden", "Supermarkets")  # fmt: skip
STAGES = (
    "Prospecting",
    "Qualification",
    "needs analysis",
    "Value Proposition",
    "Proposal/Price Quote",
    "Negotiation/Review",
    "Closed Lost",
)
TITLES = (
    "COO",
    "Supply Chain Director",
    "DC Manager",
    "Head of Logistics",
    "cfo",
    "Transport Manager",
    "IT Manager",
    "",
)
NEEDS = (
    "Late store deliveries;Overtime",
    "OTIF",
    "waiting time; Detention",
    "Labor cost",
    "Visibility;Safety",
    "",
    "Yard chaos",
    "Detention",
)
PEOPLE = (
    "Anna Visser",
    "Ben O’Neill",
    "Chloé Martin",
    "Dirk Janssen",
    "Eva Lindström",
    "Femi Adeyemi",
    "Grace Lee",
    "Hugo Weiß",
    "",
)


def clean_row(n: int) -> dict[str, str]:
    """A row without deliberate faults, but with the usual blanks."""
    city, country, currency = PLACES[(n * 7) % len(PLACES)]
    name = f"{FIRST[n % 20]} {SECOND[(n // 20) % 10]} {LEGAL[(n * 3) % 10]}".strip()
    slug = "".join(c for c in name.lower() if c.isalnum())
    person = PEOPLE[(n * 5) % len(PEOPLE)]
    doors = 12 + (n * 13) % 90
    return {
        "Id": f"001Hb{n:06d}AAQ",
        "IsDeleted": "false",
        "Name": name,
        "Type": ("Prospect", "Customer - Channel", "")[n % 3],
        "BillingStreet": f"Dock Road {n}" if n % 4 else f"Unit {n}\nDock Road",
        "BillingCity": city,
        "BillingCountry": country,
        "Phone": f"+00 {100 + n} {5550000 + n}" if n % 5 else "",
        "AccountNumber": f"CR-{10000 + n}" if n % 6 else "",
        "Website": (f"www.{slug}.example", f"https://{slug}.example", "")[n % 3],
        "Industry": INDUSTRIES[(n * 3) % len(INDUSTRIES)],
        "AnnualRevenue": str(1_000_000 * (n % 70 + 3)) if n % 3 else "",
        "NumberOfEmployees": str(40 + n * 17 % 5000) if n % 4 else "",
        "Rating": ("Hot", "Warm", "Cold", "")[n % 4],
        "OwnerId": f"005Hb00000{n % 7}AAA",
        "CreatedDate": f"2026-0{n % 9 + 1}-1{n % 9}T08:41:04.000+0000",
        "LastModifiedDate": "2026-11-02T07:00:00.000+0000",
        "AccountSource": ("Web", "Trade show", "Purchased List", "")[n % 4],
        "StageName": STAGES[(n * 5) % len(STAGES)],
        "Amount": (str(20_000 + 1_750 * (n % 60)), f"{20 + n % 60}.500,00", f"{20 + n % 60},500.00", "")[
            n % 4
        ],
        "CurrencyIsoCode": currency,
        "CloseDate": (f"2027-0{n % 6 + 1}-28", f"{n % 16 + 13}/0{n % 6 + 1}/2027", "")[n % 3],
        "Primary_Contact__c": person,
        "Primary_Contact_Title__c": TITLES[(n * 3) % len(TITLES)],
        "Primary_Contact_Email__c": f"contact{n}@{slug}.example" if person else "",
        "Preferred_Language__c": (
            "Nederlands" if country in ("Netherlands", "NL") and n % 2 else ("English", "EN", "")[n % 3]
        ),
        "Main_Needs__c": NEEDS[(n * 3) % len(NEEDS)],
        "Dock_Doors__c": (str(doors), f"{doors},0", f" {doors} ", "")[n % 4],
        "Trucks_per_Day__c": str(doors * (4 + n % 4)) if n % 5 else "",
        "Sites__c": str(n % 11 + 1) if n % 2 else "",
        "Detention_per_Month__c": f"{1 + n % 9}.{n % 10}50,50" if n % 4 == 1 else "",
        "WMS__c": ("DepotOne", "StoreWare", "")[n % 3],
        "Do_Not_Call__c": "false",
    }


def faults() -> dict[int, dict[str, str]]:
    """The deliberate faults by row: columns to overwrite."""
    return {
        7: {"Name": "../../etc/passwd"},
        13: {"CloseDate": "31/02/2027"},
        21: {"Industry": "Asteroid mining"},
        28: {"Name": ""},
        34: {"Industry": ""},
        41: {"Dock_Doors__c": "about forty"},
        49: {"CloseDate": "03/04/2027"},
        56: {"Name": "=HYPERLINK(\"http://hostile.example\",\"Prize\")"},
        63: {"Name": "{{ 7*7 }} Stores <script>alert(1)</script>"},
        70: {"Name": "  CON  "},
        77: {"BillingCountry": "Atlantis"},
        85: {"Main_Needs__c": "More robots"},
        92: {"Name": "Łódź Żabka & Córki — 日本マート " + "Handelsgesellschaft" * 6},
        99: {"Primary_Contact_Email__c": "not an address"},
        106: {"Website": "javascript:alert(1)"},
        113: {"Trucks_per_Day__c": "-40"},
        120: {"Name": "Same Name Stores"},
        121: {"Name": "same name stores"},
        127: {"StageName": "Perception Analysis"},
        134: {"Preferred_Language__c": "Klingon"},
        141: {"CurrencyIsoCode": "Doubloons"},
        148: {"Amount": "n/a"},
        155: {"Name": "Line\nBreak Markets"},
        162: {"Name": "\u202egnp.stores\u202c Ltd"},
    }  # fmt: skip


def leads() -> bytes:
    """The file's bytes: UTF-8 with a byte order mark, CRLF line ends."""
    broken = faults()
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for n in range(1, ROWS + 1):
        row = clean_row(n) | broken.get(n, {})
        if n in (180, 181):  # the same record exported twice
            row = clean_row(12)
        cells = [row.get(column, "") for column in COLUMNS]
        if n in (60, 144):  # a row that lost its end
            cells = cells[:30]
        if n == 171:  # an unquoted comma made one cell too many
            cells = [*cells, "call back"]
        writer.writerow(cells)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode("utf-8")


if __name__ == "__main__":
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(leads())
