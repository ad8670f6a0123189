"""The words for kinds, types and statuses, as readers see them; the codes are those of the taxonomy of moves."""

from __future__ import annotations

from typing import NamedTuple


class Family(NamedTuple):
    """A family of move types: a topic of the site."""

    code: str
    title: str
    about: str
    types: tuple[tuple[str, str], ...]
    """(code, words for readers), in the taxonomy's order."""


FAMILIES = (
    Family("conflict", "War and peace", "fighting and its end, forces, weapons", (
        ("ceasefire", "Ceasefire"), ("peace-agreement", "Peace agreement"), ("troop-deployment", "Troop deployment"),
        ("troop-withdrawal", "Troop withdrawal"), ("military-operation", "Military operation"),
        ("weapons-test", "Weapons test"), ("arms-transfer", "Arms transfer"))),
    Family("diplomacy", "Diplomacy", "talks, treaties, relations, membership of international bodies", (
        ("talks", "Talks"), ("treaty", "Treaty"), ("diplomatic-relations", "Diplomatic relations"),
        ("expulsion", "Expulsion of diplomats"), ("resolution", "Resolution"), ("membership", "Membership"))),
    Family("sanctions", "Sanctions", "economic coercion of states, sectors and persons", (
        ("sanctions", "Sanctions"), ("arms-embargo", "Arms embargo"), ("targeted-sanction", "Targeted sanction"))),
    Family("trade", "Trade", "duties, limits on imports and exports, trade deals and disputes", (
        ("tariff", "Tariff"), ("import-restriction", "Import restriction"), ("export-restriction", "Export restriction"),
        ("trade-agreement", "Trade agreement"), ("trade-dispute", "Trade dispute"), ("subsidy", "Subsidy"))),
    Family("economy", "Money and energy", "aid, loans, interest rates, budgets, energy", (
        ("aid", "Aid"), ("loan", "Loan"), ("monetary-policy", "Monetary policy"), ("fiscal-measure", "Fiscal measure"),
        ("energy-supply", "Energy supply"))),
    Family("law", "Law and courts", "laws, orders, rulings, prosecutions, emergencies", (
        ("legislation", "Legislation"), ("executive-order", "Executive order"), ("court-ruling", "Court ruling"),
        ("prosecution", "Prosecution"), ("emergency", "Emergency"))),
    Family("government", "Government", "elections, appointments, removals", (
        ("election", "Election"), ("referendum", "Referendum"), ("appointment", "Appointment"), ("removal", "Removal"))),
    Family("society", "Society and borders", "visas, borders, civil rights, prisoners", (
        ("visa-rules", "Visa rules"), ("border-measure", "Border measure"), ("civil-restriction", "Civil restriction"),
        ("prisoner-release", "Prisoner release"))),
)  # fmt: skip
TYPES = {code: words for family in FAMILIES for code, words in family.types}
FAMILY_OF = {code: family for family in FAMILIES for code, _ in family.types}

STATUSES = {
    "proposed": ("Proposed", "someone asks for it or offers it; not decided"),
    "threatened": ("Threatened", "announced as a warning or on a condition"),
    "negotiating": ("Negotiating", "the parties are working on it"),
    "announced": ("Announced", "decided or scheduled; it has not begun"),
    "agreed": ("Agreed", "all sides have said yes; steps remain"),
    "in-force": ("In force", "it has happened or takes effect now"),
    "extended": ("Extended", "prolonged or widened"),
    "rejected": ("Rejected", "refused, voted down or ruled out"),
    "suspended": ("Suspended", "paused or put off"),
    "violated": ("Violated", "broken while it formally stands"),
    "ended": ("Ended", "lifted, repealed, expired or collapsed"),
}
STAGE = {code: n for n, code in enumerate(STATUSES)}

KINDS = {
    "person": ("Person", "People"),
    "organization": ("Organization", "Organizations"),
    "country": ("Country", "Countries"),
    "place": ("Place", "Places"),
    "group": ("Group", "Groups"),
}
QUOTE_KINDS = {
    "direct": ("direct", "word for word, in the article’s quotation marks"),
    "mixed": ("mixed", "paraphrase with quoted words in it"),
    "indirect": ("indirect", "the article’s paraphrase"),
}
TERMS = {
    "duration": "Duration",
    "rate": "Rate",
    "amount": "Amount",
    "scope": "Scope",
    "deadline": "Deadline",
    "condition": "Condition",
}


def type_words(code: str) -> str:
    """A type's words; an unknown code as it stands."""
    return TYPES.get(code, code)


def status_words(code: str) -> str:
    """A status's word; an unknown code as it stands."""
    return STATUSES[code][0] if code in STATUSES else code
