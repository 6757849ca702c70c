"""Layouts dealt at random: every document is laid out as no other, so that none of them was ever tuned with.

Drawn anew for each document: how titles look, in which order the sections come, and for each section whether questions
stand beside, above or before their answers, in a table or in lines. The labels are the common ones.
"""

from collections.abc import Callable
from itertools import chain

from benchmarks.reading.foreign.filling import Filling, box, yes_no
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import Row
from benchmarks.reading.paper.blocks import Block, Heading, Line, Paper, bar, grid, label

Pairs = list[tuple[str, str]]
FORM = ("Practice Review Referral (children)", "Serious Incident Referral Form", "Rapid Review Referral")
TITLES = {
    "referrer": ("Referrer details", "Details of referrer", "Your details", "Person making the referral", "Referrer"),
    "children": ("Child details", "Details of child / children", "Subject child(ren)", "Child or young person"),
    "family": ("Family and significant others", "Family composition", "Household members"),
    "incident": ("Incident details", "Details of incident", "The incident", "About the incident"),
    "agencies": ("Agencies involved", "Other agencies involved"),
    "safety": ("Current risk", "Immediate safety"),
    "qa": ("Quality assurance by PRSG member", "PRSG member sign off", "Endorsement by Practice Review Group member"),
}
CHILD = ("child.name", "child.dob", "child.gender", "child.ethnicity", "child.address", "child.school", "child.gp")
EVENT = ("incident.date", "incident.date_aware", "incident.place")
STORY = ("incident.summary", "referral.reason", "practice.concerns", "practice.good", "referral.late_reason")
RELATIVES = ("Name", "Relationship to child", "Date of birth", "Address")
WORKERS = ("Agency", "Name of worker", "Contact details")


def dealt_form(f: Filling) -> Paper:
    """Draw a form whose every part is laid out by lot."""
    middle = ["children", "incident", *(each for each in ("family", "agencies", "safety") if f.rng.random() < 0.6)]
    f.rng.shuffle(middle)
    titled = f.one_of("styled", "bold", "bar", "capitals")
    numbered = f.one_of("", "", "{}. ", "Section {}: ", "Part {} - ")
    blocks: list[Block] = []
    for number, key in enumerate(("referrer", *middle, "qa"), 1):
        title = numbered.format(number) + f.one_of(*TITLES[key])
        blocks += [*_title(title, titled), *SECTIONS[key](f), Line("")]
    return Paper((Heading(f.one_of(*FORM), 0), *blocks), footer="Version 2")


def _title(text: str, titled: str) -> list[Block]:
    if titled == "bar":
        return [grid(bar(text, 1))]
    if titled == "capitals":
        return [Line(text.upper(), bold=True)]
    return [Heading(text, 2, styled=titled == "styled")]


def _beside(pairs: Pairs) -> list[Block]:
    return [grid(*[(label(text), value) for text, value in pairs], widths=(2, 3))]


def _two_beside(pairs: Pairs) -> list[Block]:
    even = pairs if len(pairs) % 2 == 0 else [*pairs, ("", "")]
    twos = zip(even[::2], even[1::2], strict=True)
    return [grid(*[tuple(chain.from_iterable((label(text), value) for text, value in two)) for two in twos])]


def _under_heads(pairs: Pairs) -> list[Block]:
    return [grid(tuple(label(text) for text, _ in pairs), tuple(value for _, value in pairs))]


def _in_boxes(pairs: Pairs) -> list[Block]:
    rows: list[Row] = list(chain.from_iterable(((label(text),), (value,)) for text, value in pairs))
    return [grid(*rows)]


def _in_lines(pairs: Pairs) -> list[Block]:
    return [Line(f"{text.rstrip(':')}{'' if text.endswith('?') else ':'} {value}") for text, value in pairs]


SHORT: tuple[Callable[[Pairs], list[Block]], ...] = (_beside, _two_beside, _under_heads, _in_lines)
LONG: tuple[Callable[[Pairs], list[Block]], ...] = (_beside, _in_boxes)


def _referrer(f: Filling) -> list[Block]:
    pairs = [f.own_pair(f"referrer.{part}") for part in ("name", "role", "agency", "phone", "email")]
    lead = [f.pair("lead.name"), f.pair("lead.date")] if f.rng.random() < 0.5 else []
    return f.rng.choice(SHORT)([*pairs, f.pair("referral.date")]) + (f.rng.choice(SHORT)(lead) if lead else [])


def _children(f: Filling) -> list[Block]:
    fields = CHILD[: f.rng.randint(3, len(CHILD))]
    if f.rng.random() < 0.6:
        heads = tuple(label(f.full(field)) for field in fields)
        return [grid(heads, *f.children(4, *fields), ("",) * len(fields))]
    manner = f.rng.choice((_beside, _two_beside, _in_lines))
    children = [[(f.full(field), f.child(n, field)) for field in fields] for n in range(f.count(3))]
    return [block for n, pairs in enumerate(children, 1) for block in (Line(f"Child {n}", bold=True), *manner(pairs))]


def _incident(f: Filling) -> list[Block]:
    story = [f.pair(field) for field in STORY[: f.rng.randint(2, len(STORY))]]
    return f.rng.choice(SHORT)([f.pair(field) for field in EVENT]) + f.rng.choice(LONG)(story)


def _family(f: Filling) -> list[Block]:
    return [grid(tuple(map(label, RELATIVES)), *f.family(), ("",) * len(RELATIVES))]


def _agencies(f: Filling) -> list[Block]:
    return [grid(tuple(map(label, WORKERS)), *f.agencies(), ("",) * len(WORKERS))]


def _safety(f: Filling) -> list[Block]:
    answer, words = f.risk()
    said = yes_no(answer) if f.rng.random() < 0.5 else answer
    criteria = [Line(f"{box(ticked)} {wording}") for wording, ticked in f.criteria()]
    return [*_beside([(f.full("safety.current_risk"), said), (f.full("risk.words"), words)]), *criteria]


def _qa(f: Filling) -> list[Block]:
    return f.rng.choice(SHORT)([f.own_pair(f"qa.{part}") for part in ("name", "role", "agency", "date")])


SECTIONS: dict[str, Callable[[Filling], list[Block]]] = {
    "referrer": _referrer,
    "children": _children,
    "family": _family,
    "incident": _incident,
    "agencies": _agencies,
    "safety": _safety,
    "qa": _qa,
}

LAYOUTS = drawn(dealt_form, "docx", "pdf", "html", held_out=True)
