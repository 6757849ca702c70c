"""Six plain forms as safeguarding teams type them: shaded bars, pairs, boxes, heads over answers, a print, a mail."""

from benchmarks.reading.foreign.filling import Filling, box, yes_no
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import Row, children_in_rows, person, questions
from benchmarks.reading.paper.blocks import Block, Cell, Grid, Heading, Line, Paper, bar, grid, label

Pairs = list[tuple[str, str]]
CONTACT = ("name", "role", "agency", "phone", "email")
SIGNED = ("name", "role", "agency", "date")
CHILD = ("name", "dob", "gender", "ethnicity", "address", "school", "gp", "legal_status")
EVENT = ("incident.date", "incident.date_aware", "incident.place")
FAMILY = ("Name", "Relationship to child", "Date of birth", "Address")
BLUE = "BDD7EE"
SUMMARY = "incident.summary"
WHY = ("referral.reason", "practice.concerns", "practice.good")


def _own(f: Filling, who: str, parts: tuple[str, ...], *fields: str) -> Pairs:
    """Return this person's short labels with their answers, then questions with labels of their own."""
    return [*(f.own_pair(f"{who}.{part}") for part in parts), *map(f.pair, fields)]


def _each_child(f: Filling, title: str, *parts: str) -> list[tuple[str, Pairs]]:
    """Return a title for each child, numbered where there is more than one, with the labels and answers."""
    shown = f.count(4)
    titles = [title if shown == 1 else f"{title} {n + 1}" for n in range(shown)]
    fields = [f"child.{part}" for part in parts]
    return [(each, [(f.full(field), f.child(n, field)) for field in fields]) for n, each in enumerate(titles)]


def _ticks(options: list[tuple[str, bool]]) -> str:
    """Return options on lines of their own, each behind its box."""
    return "\n".join(f"{box(ticked)} {wording}" for wording, ticked in options)


def _labelled(pairs: Pairs) -> list[Row]:
    """Return a row of shaded label and answer for each pair."""
    return [(label(text), value) for text, value in pairs]


def _safety(f: Filling) -> list[Row]:
    """Return the question whether any child is at risk now, with what was done about it."""
    answer, words = f.risk()
    return _labelled([(f.full("safety.current_risk"), yes_no(answer)), (f.full("risk.words"), words)])


def _under_heads(rows: list[tuple[str, ...]], *heads: str) -> Grid:
    """Return a table of these rows under shaded heads, with an empty row left over."""
    return grid(tuple(map(label, heads)), *rows, ("",) * len(heads))


def shaded_sections(f: Filling) -> Paper:
    """Draw one two-column table from top to bottom, a pale bar across it for each section."""
    criteria = (label(f.one_of("Criteria met", "Criteria for referral")), _ticks(f.criteria()))
    referrer = [*person(f, "referrer", *CONTACT), *questions(f, "referral.date", "lead.name", "lead.date")]
    rows: list[Row] = [bar(f.one_of("Referrer details", "Details of referrer"), 2, shade=BLUE), *referrer]
    for title, pairs in _each_child(f, "Child/young person", *CHILD, "nhs_number"):
        rows += [bar(title, 2, shade=BLUE), *_labelled(pairs)]
    harm = (label("Type of harm (tick all that apply)"), _ticks(f.harm()))
    rows += [bar("Details of incident", 2, shade=BLUE), *questions(f, *EVENT, SUMMARY), harm]
    rows += [bar("Referral and learning", 2, shade=BLUE), criteria, *questions(f, *WHY, "referral.late_reason")]
    rows += [bar("Immediate safety", 2, shade=BLUE), *_safety(f)]
    rows += [bar("Quality assurance / PRSG sign off", 2, shade=BLUE), *person(f, "qa", *SIGNED, "statement")]
    name = Heading("Child Safeguarding Practice Review: Referral Form", 0)
    return Paper((name, grid(*rows, widths=(2, 4))), header="OFFICIAL - SENSITIVE", footer="Return by secure email")


def _paired(pairs: Pairs, *across: tuple[str, str]) -> Grid:
    """Return label, answer, label, answer in each row, and the others across the whole width."""
    rows = [(label(a), b, label(c), d) for (a, b), (c, d) in zip(pairs[::2], pairs[1::2], strict=True)]
    return grid(*rows, *[(label(text), Cell(value, span=3)) for text, value in across], widths=(3, 4, 3, 4))


def pairs_under_headings(f: Filling) -> Paper:
    """Draw four-column tables under headings, the longer questions across their whole width."""
    parts = ("name", "aka", "dob", "dod", "gender", "ethnicity", "language", "disability", "address")
    children = _each_child(f, f.one_of("Child's details", "Child/young person's details"), *parts)
    return Paper(
        (
            Heading("Serious Incident Notification and Referral for Practice Review", 0),
            Heading(f.one_of("Details of person making the referral", "Referrer details", "Referrer's details")),
            _paired(_own(f, "referrer", CONTACT, "referral.date")),
            *[block for title, pairs in children for block in (Heading(title), _paired(pairs[:-1], pairs[-1]))],
            Heading(f.one_of("Family and household members", "Family members")),
            _under_heads([*f.family()], *FAMILY),
            Heading(f.one_of("Incident and referral", "Details of incident and reason for referral")),
            _paired([f.pair("incident.date"), f.pair("incident.place")], *map(f.pair, (SUMMARY, *WHY))),
            Heading("Other processes under way (please tick)"),
            *[Line(f"{box(ticked)} {wording}") for wording, ticked in f.parallel()],
            Heading(f.one_of("Quality assurance by PRSG member", "PRSG quality assurance")),
            _paired(_own(f, "qa", SIGNED)),
        )
    )


def _boxed(title: str, pairs: Pairs) -> list[Block]:
    """Return a heading, then a bold line and a one-cell table under it for each pair."""
    return [Heading(title), *[block for text, value in pairs for block in (Line(text, bold=True), grid((value,)))]]


def boxes_under_labels(f: Filling) -> Paper:
    """Draw headed sections of bold labels, each over a box of its own."""
    parts = ("name", "dob", "ethnicity", "address", "school", "nhs_number")
    children = _each_child(f, f.one_of("Details of child", "Child/young person"), *parts)
    grounds = [("Which criterion is met?", _ticks(f.criteria())), *map(f.pair, WHY)]
    return Paper(
        (
            Heading("Referral for a Local Child Safeguarding Practice Review", 0),
            *_boxed(f.one_of("About the referrer", "Referrer details"), _own(f, "referrer", CONTACT, "referral.date")),
            *_boxed("Discussion with safeguarding lead", [f.pair("lead.name"), f.pair("lead.date")]),
            *[block for title, pairs in children for block in _boxed(title, pairs)],
            *_boxed("Details of incident", [f.pair(field) for field in (*EVENT, SUMMARY)]),
            *_boxed(f.one_of("About this referral", "Grounds for referral"), grounds),
            *_boxed("Sign off by Practice Review Sub-Group (PRSG) member", _own(f, "qa", SIGNED)),
        )
    )


def _headed(f: Filling, *fields: str) -> list[Block]:
    """Return a table for each question, its words in a shaded row over the answer, with a gap after it."""
    asked = [f.pair(field) for field in fields]
    return [block for text, value in asked for block in (grid((label(text),), (value,)), Line())]


def _barred(title: str, pairs: Pairs) -> list[Block]:
    """Return a table of a bar, a row of heads and a row of answers, with a gap after it."""
    heads, values = tuple(label(text) for text, _ in pairs), tuple(value for _, value in pairs)
    return [grid(bar(title, len(pairs)), heads, values), Line()]


def heads_over_answers(f: Filling) -> Paper:
    """Draw a small table for each section: its name in a bar, a row of heads, a row of answers."""
    children = children_in_rows(f, 4, *(f"child.{part}" for part in CHILD[:5]))
    return Paper(
        (
            Heading("Referral of a Serious Child Safeguarding Incident", 0, styled=False),
            *_barred(f.one_of("Referrer", "Referrer details"), _own(f, "referrer", CONTACT)),
            *_barred("Referral details", [f.pair("referral.date"), f.pair("lead.name")]),
            grid(bar(f.one_of("Child/children", "Child(ren) / young people"), 5), *children),
            Heading(f.one_of("Family members", "Parents, carers and siblings"), 2, styled=False),
            _under_heads([*f.family()], *FAMILY),
            Heading(f.one_of("Agencies involved", "Agencies involved with the family"), 2, styled=False),
            _under_heads([*f.agencies()], "Agency", "Name of worker", "Contact details"),
            Line(),
            *_barred("Incident", [f.pair(field) for field in EVENT]),
            *_headed(f, SUMMARY, *WHY[:2]),
            *_barred(f.one_of("PRSG quality assurance", "Quality assured by (PRSG member)"), _own(f, "qa", SIGNED)),
        )
    )


def printed_word_sheet(f: Filling) -> Paper:
    """Draw numbered sections of label and answer, children one a row, stories under their shaded question."""
    widths = (2, 5)
    child = (f"child.{part}" for part in ("name", "dob", "gender", "nhs_number", "legal_status"))
    return Paper(
        (
            Heading("Child Safeguarding Practice Review Group: Case Referral Form", 0),
            Heading("1. Referrer details", 2),
            grid(*person(f, "referrer", *CONTACT), *questions(f, "referral.date"), widths=widths),
            Heading(f.one_of("2. Child/young person", "2. Details of child / young person"), 2),
            grid(*children_in_rows(f, 4, *child)),
            Heading("3. Details of incident", 2),
            grid(*questions(f, *EVENT), widths=widths),
            *_headed(f, SUMMARY),
            Heading("4. Referral and learning", 2),
            grid((label("Criteria met"), _ticks(f.criteria())), widths=widths),
            *_headed(f, *WHY),
            Heading("5. Risk and other processes", 2),
            grid(*_safety(f), (label("Parallel processes"), _ticks(f.parallel())), widths=widths),
            Heading(f.one_of("6. Quality assurance / PRSG sign off", "6. PRSG member sign off"), 2),
            grid(*person(f, "qa", *SIGNED, "statement"), widths=widths),
        )
    )


def capitals_mail(f: Filling) -> bytes:
    """Draw a mail with label and answer on a line under headings in capitals."""
    sections = [
        (f.one_of("Referrer details", "Details of referrer"), _own(f, "referrer", CONTACT, "referral.date")),
        *_each_child(f, f.one_of("Child/young person", "Details of child"), *CHILD),
        ("Details of incident", [f.pair(field) for field in (*EVENT, SUMMARY)]),
        (f.one_of("The referral", "Referral and learning"), [f.pair(field) for field in WHY]),
        (f.one_of("Quality assurance by PRSG member", "PRSG sign off"), _own(f, "qa", SIGNED)),
    ]
    lines = ["Dear colleagues", "", "Please accept this as our referral for a child safeguarding practice review."]
    for title, pairs in sections:
        lines += ["", title.upper(), *(f"{text.rstrip(':')}: {value}" for text, value in pairs)]
    return "\n".join((*lines, "", "Kind regards", "")).encode()


WORD = (shaded_sections, pairs_under_headings, boxes_under_labels, heads_over_answers)
LAYOUTS = (
    *(layout for draw in WORD for layout in drawn(draw, "docx", held_out=True)),
    *drawn(printed_word_sheet, "pdf", held_out=True),
    *drawn(capitals_mail, "text", held_out=True),
)
