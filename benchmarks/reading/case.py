"""Invented cases: people nobody is called, places that are nowhere, dates as British people write them. Seeded."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from benchmarks.reading import words

Row3, Row4 = tuple[str, str, str], tuple[str, str, str, str]
TODAY = date(2026, 11, 20)
BLANK = 0.1
"""Share of the questions that nobody answers."""
NEEDED = frozenset({"child.name", "child.dob"})


@dataclass(frozen=True)
class Case:
    """What a referrer would write. Choices are in the recorded words; a child's legal status stands with the child."""

    answers: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]]
    children: tuple[Mapping[str, str], ...]
    family: tuple[Row4, ...]
    agencies: tuple[Row3, ...]
    risk: tuple[str, str]
    """Yes, No or nothing, and what is said with it."""


def invent(rng: Random) -> Case:
    """Return a case; the same seed invents the same one."""
    happened = TODAY - timedelta(days=rng.randint(1, 40))
    return Case(
        _some(_answers(rng, happened), rng),
        _choices(rng),
        tuple(_some(_child(rng, happened), rng) for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4)))),
        tuple(
            (person(rng), rng.choice(words.RELATIONS), _day(rng, date(rng.randint(1960, 2015), 3, 9)), address(rng))
            for _ in range(rng.randint(0, 4))
        ),
        tuple((rng.choice(words.AGENCIES), person(rng), phone(rng)) for _ in range(rng.randint(0, 3))),
        rng.choice((("No", ""), ("", ""), ("Yes", rng.choice(words.ACTIONS)))),
    )


def in_lines_of_one(case: Case) -> Case:
    """Return the case with every answer on one line."""

    def one(text: str) -> str:
        return " ".join(text.split())

    return replace(
        case,
        answers={name: one(text) for name, text in case.answers.items()},
        children=tuple({name: one(text) for name, text in child.items()} for child in case.children),
        family=tuple((name, relation, born, one(place)) for name, relation, born, place in case.family),
    )


def _some(answers: dict[str, str], rng: Random) -> dict[str, str]:
    """Leave some questions unanswered; a child has a name and a date of birth."""
    return {name: text for name, text in answers.items() if name in NEEDED or rng.random() >= BLANK}


def _answers(rng: Random, happened: date) -> dict[str, str]:
    aware, sent = happened + timedelta(days=rng.randint(0, 3)), happened + timedelta(days=rng.randint(1, 6))
    name, agency = person(rng), rng.choice(words.AGENCIES)
    return {
        "referrer.name": name,
        "referrer.role": rng.choice(words.ROLES),
        "referrer.agency": agency,
        "referrer.phone": phone(rng),
        "referrer.email": email(name, rng),
        "referral.date": _day(rng, sent),
        "lead.name": person(rng),
        "lead.date": _day(rng, sent),
        "incident.date": _day(rng, happened) if rng.random() < 0.8 else rng.choice(words.VAGUE_DATES),
        "incident.date_aware": _day(rng, aware),
        "incident.place": rng.choice(("at home", "Fable Park", "school playground", address(rng))),
        "incident.summary": story(rng),
        "referral.reason": story(rng),
        "practice.concerns": story(rng),
        "practice.good": rng.choice(words.GOOD),
        "referral.late_reason": rng.choice(words.LATE),
        "qa.name": person(rng),
        "qa.agency": agency,
        "qa.role": rng.choice(words.QA_ROLES),
        "qa.date": _day(rng, sent),
        "qa.statement": rng.choice(words.STATEMENTS),
    }


def _child(rng: Random, happened: date) -> dict[str, str]:
    born = date(happened.year - rng.randint(1, 16), rng.randint(1, 12), rng.randint(1, 28))
    child = {
        "child.name": person(rng),
        "child.dob": _day(rng, born),
        "child.gender": rng.choice(("Male", "Female", "F", "M", "male")),
        "child.ethnicity": rng.choice(words.ETHNICITIES),
        "child.disability": rng.choice(words.DISABILITIES),
        "child.language": rng.choice(("English", "Polish", "Urdu, some English", "BSL")),
        "child.nhs_number": nhs_number(rng),
        "child.address": address(rng),
        "child.school": rng.choice(words.SCHOOLS),
        "child.gp": f"Dr {rng.choice(words.SURNAMES)}, {rng.choice(words.SURGERIES)}",
        "child.legal_status": rng.choice(("CP plan", "Child in need", "Looked after", "None", "Not known")),
    }
    if rng.random() < 0.3:
        child["child.aka"] = rng.choice(words.FORENAMES)
    if rng.random() < 0.2:
        child["child.dod"] = _day(rng, happened)
    return child


def _choices(rng: Random) -> dict[str, tuple[str, ...]]:
    return {
        "referral.criteria": (rng.choice(words.CRITERIA),),
        "incident.harm": tuple(each for each in words.HARM if rng.random() < 0.3) or (words.HARM[1],),
        "parallel.processes": tuple(each for each in words.PARALLEL if rng.random() < 0.25),
    }


def person(rng: Random) -> str:
    """Return a name nobody has."""
    return f"{rng.choice(words.FORENAMES)} {rng.choice(words.SURNAMES)}"


def email(name: str, rng: Random) -> str:
    """Return an address under ``.example``."""
    local = "".join(
        letter for letter in name.casefold().replace(" ", ".") if letter.isascii() and letter not in "'\u2019"
    )
    return f"{local}@{rng.choice(('gmp', 'nhs-trust', 'school', 'council'))}.example"


def phone(rng: Random) -> str:
    """Return a number of the ranges kept for drama (Ofcom)."""
    last = f"{rng.randint(0, 999):03}"
    return rng.choice(
        (f"0161 496 0{last}", f"01614960{last}", f"(0161) 496 0{last}", f"07700 900{last}", f"0161 496 0{last} ext 12")
    )


def address(rng: Random) -> str:
    """Return a place that is nowhere, its postcode in an unused form of M6."""
    street = f"{rng.randint(1, 90)} {rng.choice(words.STREETS)}"
    return rng.choice((f"{street}, Salford M6 5XX", f"{street}, Salford", f"{street}\nSalford\nM6 5XX"))


def nhs_number(rng: Random) -> str:
    """Return a number of the range for tests (999 ...), its check digit right."""
    while True:
        nine = "999" + f"{rng.randint(0, 999_999):06}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            digits = f"{nine}{check % 11}"
            return rng.choice(
                (digits, f"{digits[:3]} {digits[3:6]} {digits[6:]}", f"{digits[:3]}-{digits[3:6]}-{digits[6:]}")
            )


def story(rng: Random) -> str:
    """Return one to four sentences, some on lines of their own, some with words that look like labels."""
    said = rng.sample(words.SENTENCES, rng.randint(1, 4))
    return rng.choice((" ", "\n", "\n- ")).join(said)


def _day(rng: Random, day: date) -> str:
    """Return a date in one of the ways people write it."""
    month = day.strftime("%B")
    return rng.choice(
        (
            day.strftime("%d/%m/%Y"),
            day.strftime("%d/%m/%Y"),
            day.strftime("%d.%m.%y"),
            day.strftime("%d-%m-%Y"),
            f"{day.day} {month} {day.year}",
            f"{day.day}{_ordinal(day.day)} {month} {day.year}",
            f"{day.strftime('%a')} {day.day} {month[:3]} {day.year}",
            day.isoformat(),
        )
    )


def _ordinal(day: int) -> str:
    return "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
