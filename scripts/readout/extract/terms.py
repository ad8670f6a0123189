# ruff: noqa: E501 — a regular expression is read best in one piece
"""The terms of moves: durations, rates, amounts, deadlines, conditions and scopes, with their normal forms.

Typed grammars over the text of a sentence propose terms; `attach` in `moves` ties each to the nearest
instrument of its clause. Old units are read too (“pct”, “mln dlrs”). The grammars are written for text in lower
case and run on it, for one that ignores case takes three times as long.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

SMALL = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split()
    )
}
SMALL |= {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "dozen": 12,
    "half": 0,
}
SCALE = {
    "hundred": 10**2,
    "thousand": 10**3,
    "k": 10**3,
    "lakh": 10**5,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "million": 10**6,
    "crore": 10**7,
    "b": 10**9,
    "bn": 10**9,
    "bln": 10**9,
    "billion": 10**9,
    "tn": 10**12,
    "trn": 10**12,
    "trillion": 10**12,
}
NUMBER_WORD = "|".join(w for w in SMALL if w not in ("a", "an", "half"))
DIGITS = r"\d+(?:[.,]\d+)*"
NUMBER = rf"(?:{DIGITS}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](?:one|two|three|four|five|six|seven|eight|nine)|{NUMBER_WORD})"
SCALES = r"(?:thousand|million|billion|trillion|mln|bln|crores?|lakh|mn|bn|trn|tn|m|k|b)"
UNIT = r"(?:minute|hour|day|week|fortnight|month|year|decade)"
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
MONTHS = {m: i + 1 for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}

CURRENCY_SIGN = {
    "$": "USD",
    "US$": "USD",
    "U.S.$": "USD",
    "A$": "AUD",
    "C$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "R$": "BRL",
    "Z$": "ZWL",
    "N$": "NAD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "₦": "NGN",
    "Rs": "INR",
    "Rs.": "INR",
    "R": "ZAR",
    "N": "NGN",
    "GH₵": "GHS",
    "GH¢": "GHS",
    "Sh": "KES",
    "Ksh": "KES",
    "Shs": "UGX",
    "K": "ZMW",
    "P": "PHP",
    "₱": "PHP",
}
CURRENCY_WORD = {
    "dollar": "USD",
    "dlr": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "stg": "GBP",
    "sterling": "GBP",
    "yen": "JPY",
    "rupee": "INR",
    "peso": "",
    "naira": "NGN",
    "cedi": "GHS",
    "shilling": "",
    "rand": "ZAR",
    "franc": "",
    "mark": "DEM",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rouble": "RUB",
    "ruble": "RUB",
    "lira": "",
    "crown": "",
    "krona": "SEK",
    "krone": "",
    "zloty": "PLN",
    "real": "BRL",
    "reais": "BRL",
    "won": "KRW",
    "baht": "THB",
    "ringgit": "MYR",
    "rupiah": "IDR",
    "dirham": "AED",
    "riyal": "SAR",
    "dinar": "",
    "ecu": "XEU",
    "guilder": "NLG",
    "hryvnia": "UAH",
    "kwacha": "ZMW",
    "pula": "BWP",
    "leu": "RON",
    "lei": "RON",
    "forint": "HUF",
    "koruna": "CZK",
    "sol": "PEN",
    "soles": "PEN",
    "taka": "BDT",
    "birr": "ETB",
    "sdr": "XDR",
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
    "jpy": "JPY",
    "cfa": "XOF",
    "shekel": "ILS",
    "kyat": "MMK",
    "dong": "VND",
    "afghani": "AFN",
    "markka": "FIM",
    "colon": "CRC",
    "quetzal": "GTQ",
    "lempira": "HNL",
    "cordoba": "NIO",
    "guarani": "PYG",
    "bolivar": "VES",
    "boliviano": "BOB",
}
NATION = {
    "canadian": "CAD",
    "australian": "AUD",
    "new zealand": "NZD",
    "hong kong": "HKD",
    "singapore": "SGD",
    "u.s.": "USD",
    "us": "USD",
    "american": "USD",
    "swiss": "CHF",
    "french": "FRF",
    "belgian": "BEF",
    "mexican": "MXN",
    "argentine": "ARS",
    "chilean": "CLP",
    "colombian": "COP",
    "philippine": "PHP",
    "kenyan": "KES",
    "ugandan": "UGX",
    "tanzanian": "TZS",
    "danish": "DKK",
    "norwegian": "NOK",
    "swedish": "SEK",
    "turkish": "TRY",
    "italian": "ITL",
    "egyptian": "EGP",
    "namibian": "NAD",
    "pakistani": "PKR",
    "indian": "INR",
    "sri lankan": "LKR",
    "jamaican": "JMD",
}
MONEY_WORDS = (
    r"(?:(?:"
    + "|".join(n.replace(".", r"\.") for n in NATION)
    + r")\s+)?(?:"
    + "|".join(sorted((w + ("" if w.endswith("s") else "s?") for w in CURRENCY_WORD), key=len, reverse=True))
    + r")\b"
)


@lru_cache(maxsize=2)
def lowered(text: str) -> str:
    """A text in lower case, letter for letter: the offsets stay.

    The three letters beside it are those that a grammar ignoring case would take for an “i” or “s”.

    >>> lowered("İzmir, May 3")
    'izmir, may 3'
    """
    return text.replace("İ", "i").replace("ı", "i").replace("ſ", "s").lower()


class Found(NamedTuple):
    """A term proposed by a grammar: offsets in the text."""

    kind: str
    start: int
    end: int
    norm: str | None
    cue: str = ""
    """The word that introduces it (`by`, `until`, `if` …), or how it was found."""


def value(words: str) -> float | None:
    """The number that digits or words say; None where they say none.

    >>> value("1,350"), value("twelve"), value("2.5")
    (1350.0, 12.0, 2.5)
    """
    text = words.lower().strip()
    if re.fullmatch(DIGITS, text):
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text):
            text = text.replace(",", "")
        text = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text.replace(",", "")
        try:
            return float(text)
        except ValueError:
            return None
    total = 0
    for part in re.split(r"[- ]", text):
        if part not in SMALL:
            return None
        total += SMALL[part]
    return float(total)


def plain(x: float) -> str:
    """A number without needless decimals."""
    return str(int(x)) if x == int(x) else f"{x:.6f}".rstrip("0")


AGO = re.compile(r"\s+(?:ago|old|earlier|later|after|before|of age)\b|-old\b")
DURATION = re.compile(
    rf"(?=\w)(?P<lead>\b(?:for|over|lasting|within|in|by|next|coming|last|past|first|every|than|of|to|after|some|about|up to|another)\s+(?:the\s+)?(?:(?P<next>next|coming|following|further|additional|further|more than|at least|up to|initial)\s+)?)?"
    rf"\b(?P<n>(?:{NUMBER}(?:\s*[–-]\s*|\s+(?:to|or)\s+))?{NUMBER}|an?|half a|another|a further)(?P<gap>[- ])(?P<more>more )?(?P<unit>{UNIT})s?\b(?:-long)?(?: and a half)?"
)
LETTER = {
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "fortnight": "W",
    "month": "M",
    "year": "Y",
    "decade": "Y",
}


def iso_duration(n: float, unit: str) -> str:
    """ISO 8601: `P30D`, `PT5H`.

    >>> iso_duration(3, "year"), iso_duration(5, "hour")
    ('P3Y', 'PT5H')
    """
    if unit == "fortnight":
        n *= 2
    if unit == "decade":
        n *= 10
    return ("PT" if unit in ("minute", "hour") else "P") + plain(n) + LETTER[unit]


TWO_NUMBERS = re.compile(rf"({NUMBER})(?:\s*[–-]\s*|\s+(?:to|or)\s+)({NUMBER})")
GONE_BY = re.compile(r"\b(?:last|past|first|previous|only|since|in) (?:the )?$")
INDEFINITE = re.compile(r"\bindefinite(?:ly)?\b")


def durations(text: str, start: int, end: int) -> list[Found]:
    """How long something runs, as in “30-day”, “for three years”, “indefinitely”."""
    out: list[Found] = []
    low = lowered(text)
    for m in DURATION.finditer(low, start, end):
        lead = (m["lead"] or "").split()
        if AGO.match(low, m.end(), min(end, m.end() + 12)):
            continue
        words = m["n"]
        span = TWO_NUMBERS.fullmatch(words)
        n = {"half a": 0.5, "another": 1.0, "a further": 1.0}.get(words, value(span[2] if span else words))
        if n is None:
            continue
        adjectival = m["gap"] == "-" or (
            text[m.end() - 1] != "s" and words not in ("a", "an", "one", "half a", "another", "a further")
        )
        first = lead[0] if lead else ""
        if first in ("last", "past", "first", "every", "than", "of", "after") and not (
            first == "of" and len(lead) == 1
        ):
            continue
        if "last" in lead or "past" in lead or "previous" in low[max(start, m.start() - 10) : m.start()]:
            continue
        if GONE_BY.search(low[max(start, m.start() - 12) : m.start()]):
            continue
        s = m.start() + len(m["lead"] or "")
        norm = None if span and value(span[1]) is not None else iso_duration(n, m["unit"])
        if first in ("within", "in"):
            begin = m.start() if first == "within" else s
            upcoming = "next" in lead or "coming" in lead
            if upcoming:
                begin = m.start() + (m["lead"] or "").index("next" if "next" in lead else "coming")
            if first == "within" or upcoming:
                out.append(Found("deadline", begin, m.end(), None, first))
            continue
        if adjectival or first in (
            "for",
            "over",
            "lasting",
            "next",
            "coming",
            "another",
            "of",
            "to",
            "by",
            "up",
        ):
            if "next" in lead or first == "next":
                s = m.start() + (m["lead"] or "").index("next")
            out.append(Found("duration", s, m.end(), norm, "-" if adjectival else first))
    for m in INDEFINITE.finditer(low, start, end):
        out.append(Found("duration", m.start(), m.end(), "indefinite", "-"))
    return out


def length(words: str) -> str | None:
    """The normal form of a length of time by itself; None for one without a number.

    >>> length("three months"), length("30-day"), length("indefinitely"), length("the next week")
    ('P3M', 'P30D', 'indefinite', None)
    """
    if words.lower().startswith("indef"):
        return "indefinite"
    m = re.fullmatch(rf"({NUMBER}|an?)[- –]({UNIT})s?", words.strip(), re.I)
    n = value(m[1].lower()) if m else None
    return iso_duration(n, m[2].lower()) if m and n is not None else None


PERCENT = r"(?:%|percentage[- ]points?|per ?cent\b|pct\b|pc\b|basis[- ]points?|bps?\b|percent\b)"
FRACTION = r"(?:\d+[- ])?\d+/\d+"
RATE = re.compile(
    rf"(?P<a>\b(?:{FRACTION}|{NUMBER})|(?<![\d.])\.\d+)\s*(?P<u1>{PERCENT})?(?:\s*(?:[-–—]|to|and|or)\s*(?P<b>{FRACTION}|{NUMBER}))?[\s-]*(?P<unit>{PERCENT})"
)
PER_UNIT = re.compile(
    rf"(?P<money>(?:(?:us|a|c|nz|hk|s|r)?[$€£¥₹]|rs\.?\s?)\s?{DIGITS}|\b{DIGITS}\s+(?:{SCALES}\s+)?(?:dlrs?|dollars?|cents?|euros?|ecus?|pence|francs?|yen|rupees?|pesos?|naira|shillings?|marks?|taka|rand|cedis?|pula|kwacha|baht|ringgit|rupiah|roubles?|rubles?|krona|kroner|zlotys?|forints?|barrels?|tonnes?|tons?|bpd))"
    r"\s+(?:a|an|per|each|/|on every|on each|for every|for each)\s+(?P<per>container|ship|tonne|ton|kg|kilo(?:gram)?s?|kilogramme|litre|liter|gallon|barrel|bushel|lb|pound|bag|head|person|month|year|week|day|hour|unit|pupil|student|child|family|household|hectare|acre|kilowatt[- ]hour|kwh|mmbtu|vehicle|passenger|night|visit|bale|ounce|dozen|share|quarter)\b"
)


PART_POINT = re.compile(
    r"\b(?:an?\s+|one[- ]|three[- ])?(?:quarter|half)s?(?:[- ]of[- ]an?|[- ]an?)?[- ](?:percentage[- ]|full[- ])?point\b"
)


def rates(text: str, start: int, end: int) -> list[Found]:
    """Percentages, basis points and prices per unit."""
    out: list[Found] = []
    low = lowered(text)
    words = low[start:end]
    for m in PER_UNIT.finditer(low, start, end):
        out.append(Found("rate", m.start(), m.end(), None, "per"))
    for m in PART_POINT.finditer(low, start, end):
        out.append(Found("rate", m.start(), m.end(), None, "point"))
    if not any(k in words for k in ("%", "cent", "point", "pct", "pc", "bp")):
        return out
    for m in RATE.finditer(low, start, end):
        if (
            m["u1"]
            and m["b"]
            and re.search(r"\s(?:to|and|or)\s", text[m.start() : m.end()])
        ):  # “by 50 basis points to 7 pct”: two rates
            for part in RATE.finditer(low, m.start(), m.start("b") - 1):
                if part["unit"]:
                    out.append(Found("rate", part.start(), part.end(), rate_norm(part), "%"))
            second = RATE.match(low, m.start("b"), end)
            if second:
                out.append(Found("rate", second.start(), second.end(), rate_norm(second), "%"))
            continue
        out.append(Found("rate", m.start(), m.end(), rate_norm(m), "%"))
    return out


def rate_norm(m: re.Match[str]) -> str | None:
    """`25%`, `25-50%` or `50bp` of a match of RATE; None for fractions."""
    low = value(m["a"]) if "/" not in m["a"] else None
    high = value(m["b"]) if m["b"] and "/" not in m["b"] else None
    mark = "bp" if m["unit"].startswith(("basis", "bp")) else "%"
    if low is None:
        return None
    return f"{plain(low)}-{plain(high)}{mark}" if high is not None else f"{plain(low)}{mark}"


MONEY = re.compile(
    rf"(?P<sign>(?:us|u\.s\.|a|c|nz|hk|s|r|n|z|gh)?[$€£¥₹₦₵¢₱]|\b(?:rs\.?|gh¢|ksh|shs?|eur|usd|gbp|sh)(?=\s?\d)|\b[rnkp](?=\d))\s?(?P<n>{DIGITS})(?:[\s-]?(?P<scale>{SCALES})\b)?(?:[\s-](?P<tail>dollars?|euros?)\b)?"
    rf"|\b(?P<n2>{NUMBER}(?:\s*(?:[-–]|to)\s*{DIGITS})?)(?:[\s-](?P<scale2>{SCALES}))?[\s-](?P<word>{MONEY_WORDS})"
)
BETWEEN = re.compile(r"\s*(?:[-–]|to)\s*")


def amounts(text: str, start: int, end: int) -> list[Found]:
    """Sums of money."""
    out: list[Found] = []
    for m in MONEY.finditer(lowered(text), start, end):
        if m["sign"]:
            n, scale = value(m["n"]), m["scale"]
            sign = text[m.start("sign") : m.end("sign")]
            code = CURRENCY_SIGN.get(sign, CURRENCY_SIGN.get(sign.upper(), CURRENCY_WORD.get(m["sign"], "")))
        else:
            words, scale = text[m.start("n2") : m.end("n2")], m["scale2"]
            n = value(words if words[0].isalpha() else BETWEEN.split(words)[0])
            *nation, word = m["word"].rsplit(None, 1)
            code = CURRENCY_WORD.get(word) or CURRENCY_WORD.get(word.rstrip("s"), "")
            if nation and nation[0] in NATION:
                code = NATION[nation[0]]
            if word.startswith("pound") and re.match(r"\s+of\b", text[m.end() : end]):
                continue
            if (
                word in ("mark", "real", "sol", "won", "lei", "colon", "crown", "sterling")
                and not scale
                and word != "mark"
            ):
                continue
        if n is None:
            continue
        total = n * (SCALE.get((scale or "").rstrip("s"), 1) if scale else 1)
        out.append(Found("amount", m.start(), m.end(), f"{code} {plain(total)}" if code else None, "money"))
    return out


FUTURE_LEAD = r"(?:by|until|till|from|before|after|on|in|at|as of|as from|starting|beginning|effective|through|to|for|within|no later than|not before|since|ending|during)"
LOW_MONTH, LOW_WEEKDAY = MONTH.lower(), WEEKDAY.lower()
DATE = re.compile(
    rf"\b(?=\w)(?:(?P<lead>{FUTURE_LEAD})\s+(?:the\s+)?)?(?P<core>"
    rf"(?:(?:the\s+)?(?:start|beginning|end|middle|first half|second half|close)\s+of\s+(?:the\s+)?(?:next\s+|this\s+)?(?:{LOW_MONTH}|year|month|week|{DIGITS}|summer|spring|autumn|winter|season|decade|century|quarter)(?:\s+(?:19|20)\d\d)?)"
    rf"|(?:(?:early|late|mid)[- ](?:next\s+|this\s+)?)?(?:{LOW_WEEKDAY},?\s+)?(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m1>{LOW_MONTH})|(?P<m2>{LOW_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,?\d{{3}}))(?:,?\s+(?P<y1>(?:19|20)\d\d))?"
    rf"|(?:(?:early|late|mid)[- ](?:next\s+|this\s+)?)?(?P<m3>{LOW_MONTH})(?:,?\s+(?P<y3>(?:19|20)\d\d)|\s+next\s+year|\s+this\s+year)?"
    rf"|(?:(?:early|late|mid|later)[- ]?(?:in\s+|this\s+)?)?(?:next|this|later this|the coming|coming)\s+(?:{LOW_WEEKDAY}|week|month|year|summer|spring|autumn|winter|fall|quarter|weekend|season|session|{LOW_MONTH})"
    rf"|(?:early|late|mid|later)[- ](?:in\s+)?(?:(?:19|20)\d\d|summer|spring|autumn|winter)"
    rf"|{LOW_WEEKDAY}(?:\s+(?:night|morning|evening|afternoon))?"
    rf"|tomorrow|tonight|immediately|midnight(?:\s+on\s+{LOW_WEEKDAY})?|(?:the\s+)?(?:summer|spring|autumn|winter)"
    rf"|(?P<y2>(?:19|20)\d\d)(?:[-/–]\d\d(?:\d\d)?)?)\b"
)


DATELINE = re.compile(r"(?:,? (?:19|20)\d\d)?\s*(?:\([\w ]+\)\s*)?[-–—:]\s")
"""What follows the date of a dateline, as in `LIMA, May 6 (AP) — `."""


def iso_date(m: re.Match[str], published: str | None) -> str | None:
    """The ISO date of a match of DATE; without a year, the year next to `published`, or `--07-01`."""
    day = m["d1"] or m["d2"]
    month = m["m1"] or m["m2"] or m["m3"]
    year = m["y1"] or m["y3"] or m["y2"]
    base: dt.date | None = None
    if published:
        try:
            base = dt.date.fromisoformat(published[:10])
        except ValueError:
            base = None
    core = m["core"]
    if month:
        number = MONTHS[month[:3]]
        if not year and base:
            chosen = base.year + (1 if number < base.month - 3 else 0)
            if "next year" in core:
                chosen = base.year + 1
            year = str(chosen)
        if re.match(r"(?:the )?(?:start|beg|end|mid|first|second|close|early|late)", core) and not day:
            if core.startswith(("end", "the end")) and year:
                last = (dt.date(int(year) + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)).day
                return f"{year}-{number:02d}-{last:02d}"
            return f"{year}-{number:02d}" if year else None
        if day:
            return f"{year}-{number:02d}-{int(day):02d}" if year else f"--{number:02d}-{int(day):02d}"
        return f"{year}-{number:02d}" if year else None
    if m["y2"]:
        return m["y2"] if core == m["y2"] else None
    if not base:
        return None
    name = next(
        (
            d
            for d in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
            if d in core
        ),
        None,
    )
    if name:
        ahead = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday").index(
            name
        ) - base.weekday()
        return (base + dt.timedelta(days=ahead if ahead > 0 else ahead + 7)).isoformat()
    if core == "tomorrow":
        return (base + dt.timedelta(days=1)).isoformat()
    if core == "next month":
        return f"{base.year + base.month // 12}-{base.month % 12 + 1:02d}"
    if core == "next year":
        return str(base.year + 1)
    if core == "immediately":
        return base.isoformat()
    return None


DATED = re.compile(r"[nsri]day|tomorrow|tonight|immediately|midnight|summer|spring|autumn|winter|19|20")
DATED_WORD = re.compile(
    rf"\b(?:{LOW_MONTH}\b|(?:next|this|coming|of the)\s+(?:next\s+|this\s+)?(?:week|month|year|fall|quarter|season|session|decade|century|\d)"
    r"|of\s+(?:year|month|week|\d))"
)
"""One of the two stands in every date: to look for before the grammar is tried."""


def deadlines(text: str, start: int, end: int, published: str | None) -> list[Found]:
    """Dates, with the word that leads to them; whether one is a term depends on the move's tense."""
    out: list[Found] = []
    for m in DATE.finditer(lowered(text), start, end):
        core = text[m.start("core") : m.end("core")]
        if (
            m.start() - start < 60
            and DATELINE.match(text, m.end("core"), end)
            and text[start : m.start("core")].rstrip(" ,")[-1:].isupper()
        ):
            continue
        if core.lower() in ("may", "march") and (core[0].islower() or not m["lead"]):
            continue
        if core[0].islower() and re.match(r"(?:jan|feb|mar|apr|aug|sep|oct|nov|dec)\b", core):
            continue
        if m["y2"] and not m["lead"] and core == m["y2"]:
            continue
        out.append(
            Found(
                "deadline", m.start("core"), m.end("core"), iso_date(m, published), m["lead"] or ""
            )
        )
    return out


CONDITION = re.compile(
    r"\b(?:(?:only|even|but only)\s+if|if|unless|provided(?: that)?|providing(?: that)?|as long as|so long as|on condition(?: that)?|"
    r"on the condition(?: that)?|"
    r"in return for|in exchange for|subject to|until|till|once|as soon as|just as soon as|without|"
    r"conditional on|contingent on|depending on|pending|should|when)\b"
)
CLAUSE_END = re.compile(r"(?<!\b[A-Z])[.]|[;:”\"!?]|—|–\s|\s-\s|,(?=\s)|\)")


def conditions(text: str, start: int, end: int) -> list[Found]:
    """What a move depends on: from the conjunction to the end of its first clause."""
    out: list[Found] = []
    low = lowered(text)
    for m in CONDITION.finditer(low, start, end):
        cue = m[0]
        begin = m.start()
        if out and begin < out[-1].end:
            continue
        if cue in ("until", "till", "pending", "when", "once") and DATE.match(low, m.end() + 1):
            continue
        if (
            cue == "should"
            and begin > start
            and not re.search(r"[,;“\"]\s*$", text[max(start, begin - 3) : begin])
        ):
            continue
        if cue == "subject to" and re.search(
            r"\b(?:be|is|are|was|were|been)\s+$", text[max(start, begin - 6) : begin]
        ):
            continue
        stop = CLAUSE_END.search(text, m.end() + 1, end)
        last = stop.start() if stop else end
        while last > begin and text[last - 1].isspace():
            last -= 1
        if last - m.end() < 6:
            continue
        out.append(Found("condition", begin, last, None, cue))
    return out


DIGIT = re.compile(r"\d")
LASTING = re.compile(rf"[- ]{UNIT}|indefinite")
"""What stands in every length."""


def propose(text: str, start: int, end: int, published: str | None) -> list[Found]:
    """Every term that the grammars see in a sentence, none inside another of its own kind."""
    words = lowered(text)[start:end]
    figures = DIGIT.search(words) is not None
    found: list[Found] = []
    # the grammars are dear: each runs only where a word of its own stands in the sentence
    if figures or any(k in words for k in ("cent", "point", "pct", "pc")):
        found += rates(text, start, end)
    if figures or any(k in words for k in ("illion", "hundred", "thousand", "dollar", "pound", "euro")):
        found += amounts(text, start, end)
    if LASTING.search(words):
        found += durations(text, start, end)
    if DATED.search(words) or DATED_WORD.search(words):
        found += deadlines(text, start, end, published)
    found += conditions(text, start, end)
    if len(found) < 2:
        return found
    kept: list[Found] = []
    for t in sorted(found, key=lambda t: (t.start, -(t.end - t.start))):
        clash = [
            k
            for k in kept
            if k.kind != "condition" and t.kind != "condition" and k.start < t.end and t.start < k.end
        ]
        if clash:
            continue
        kept.append(t)
    return kept
