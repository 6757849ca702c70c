"""Plain Word forms of a school, an NHS trust, a police force and a charity, each worded as such a team would."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from benchmarks.reading.foreign.filling import Filling, box, yes_no
from benchmarks.reading.foreign.layout import drawn
from benchmarks.reading.foreign.rows import Row
from benchmarks.reading.paper.blocks import Block, Cell, Grid, Heading, Line, Paper, bar, grid, label, wide

SCHOOL = """
referrer: name = Your name; role = Your role; agency = School or setting; phone = Telephone; email = Your email
referral: date = Date form filled in; criteria = Which applies? (tick one); reason = Why are you asking for a review?
lead: name = Safeguarding lead you talked this through with; date = Date you spoke to the safeguarding lead
child: name = Pupil's full name; aka = Any other name the pupil goes by; dob = Pupil's date of birth
child: gender = Boy / girl / other|Gender of pupil; ethnicity = Pupil's ethnicity; disability = SEND / disability
child: language = Language spoken at home|Pupil's first language; address = Pupil's home address
child: school = School on roll at|School attended; legal_status = Legal status (CIN, CP plan, looked after)
incident: date = Date the incident took place|Date it happened; date_aware = Date school found out
incident: place = Where it happened; summary = Tell us what happened, in your own words
practice: good = What did staff or agencies do well?|What worked well?
safety: current_risk = Is any child still in danger?; words = If yes, what has been done to keep them safe?
qa: name = Member's name|Name of member; role = Member's job title; date = Date checked|Date signed off"""
TRUST = """
referrer: name = Practitioner name; role = Post; agency = Organisation; phone = Work telephone; email = Work email
referral: date = Date of submission; criteria = Criteria met (tick); reason = Reason the trust is referring this case
referral: late_reason = If submitted more than 5 working days after the incident, state why; reference = Datix number
lead: name = Safeguarding lead consulted (named nurse / doctor); date = Date lead consulted
child: name = Patient name; nhs_number = NHS no. (10 digits)|NHS number; dob = Date of birth|DOB
child: dod = Date of death (where applicable); gender = Sex|Gender; ethnicity = Ethnic category|Ethnic group
child: language = First language spoken; disability = Known disability; gp = GP and practice
child: legal_status = Legal status (CP plan, LAC); address = Address and postcode
incident: date = Date of event; date_aware = Date trust became aware; place = Where event occurred|Incident location
incident: harm = Type of harm (tick all that apply); summary = Clinical and safeguarding summary of the incident
practice: concerns = Concerns: how services worked together; good = Notable good practice|Evidence of good practice
safety: current_risk = Any child currently at risk?; words = Immediate safeguarding action taken
qa: name = Representative's name; role = Post held; agency = Organisation; date = Date signed; statement = Comments"""
POLICE = """
referrer: name = Reporting officer; role = Rank or role; agency = Force or agency; phone = Direct dial; email = Email
referral: date = Date of this report; reason = Grounds for asking for a review; reference = Crime or log number
child: name = Full name of child|Child's full name; dob = Born|Date of birth; gender = Sex|M/F
child: ethnicity = Self-defined ethnicity|Ethnicity; address = Home address; dod = Died (date)
incident: date = Date of offence or incident; date_aware = Date first reported to police|Date police became aware
incident: place = Location of offence or incident|Incident location; summary = Circumstances known to police
practice: concerns = Issues with the way agencies worked together|Any partnership working issues
parallel: processes = Other proceedings under way (mark all)|Mark any parallel proceedings
safety: current_risk = Any child believed to be at risk now?; words = Protective measures in place
qa: name = Name; role = Rank or job title|Role; agency = Agency|Organisation; date = Date|Date endorsed"""
CHARITY = """
referrer: name = What is your name?|Your full name; role = What is your role?; agency = Your organisation
referrer: email = What is your email address?; phone = Your phone number
referral: date = Today's date|Date you are sending this form; criteria = Which of these is true? Please tick
referral: reason = Why are you bringing this case to us?|Why should this case be looked at?
referral: late_reason = If more than five working days have passed, what caused the delay?
lead: name = Which safeguarding lead did you discuss this with?; date = When did you discuss it with them?
child: name = Full name|Child or young person's name; aka = Other names or nicknames|Also goes by
child: dob = Date of birth; gender = Gender; ethnicity = Ethnic background; disability = Any disability
child: language = Language they speak; address = Home address; gp = Doctor (GP); school = School or nursery attended
incident: date = When did it happen?; place = Where did it happen?; date_aware = When did your agency hear of it?
incident: summary = What happened to the child?|Please tell us what has happened
practice: concerns = What could agencies have done better together?; good = What good work have you seen?
safety: current_risk = Is any child at risk right now?; words = If yes, what action has been taken?
qa: name = Group member's name; agency = Agency they represent; date = Date agreed; statement = Comments"""
BLUE, BORN = "005EB8", ("Date of birth", "Address")
ABOUT = ("referrer", "referral.date", "lead", "referral.reference")
EVENT = ("incident.date", "incident.date_aware", "incident.place")
MARKS = ("incident.harm", "referral.criteria", "safety")
LONG = ("incident.summary", "referral.reason", "practice", "referral.late_reason")
TICKS: Mapping[str, Callable[[Filling], list[tuple[str, bool]]]] = {
    "referral.criteria": Filling.criteria,
    "incident.harm": Filling.harm,
    "parallel.processes": Filling.parallel,
}


class _Form:
    """One case being asked in one team's words; "referral" means all of its parts, "referral.date" that one."""

    def __init__(self, f: Filling, words: str) -> None:
        self.f, self.said = f, dict[str, str]()
        for who, parts in (line.split(": ", 1) for line in words.strip().splitlines()):
            for part, wordings in (each.split(" = ") for each in parts.split("; ")):
                self.said[f"{who}.{part}"] = f.one_of(*wordings.split("|"))

    def of(self, *whose: str) -> list[str]:
        """Return the fields that these name, as far as the form has them."""
        return [field for each in whose for field in self.said if each in {field, field.split(".")[0]}]

    def answer(self, field: str, child: int) -> str:
        """Return what stands in the field: typed words, ticks, or a reference that no case has."""
        if field in TICKS:
            return "\n".join(f"{box(ticked)} {wording}" for wording, ticked in TICKS[field](self.f))
        match field.split("."):
            case ["safety", part]:
                answer, words = self.f.risk()
                return words if part == "words" else yes_no(answer)
            case [_, "reference"]:
                return f"W{self.f.rng.randint(10000, 99999)}"
        return self.f.child(child, field) if field.startswith("child.") else self.f.answer(field)

    def asked(self, *whose: str, child: int = 0) -> list[tuple[str, str]]:
        """Return label and answer of each."""
        return [(self.said[field], self.answer(field, child)) for field in self.of(*whose)]

    def rows(self, *whose: str, child: int = 0) -> list[Row]:
        """Return a row for each."""
        return [(label(text), value) for text, value in self.asked(*whose, child=child)]

    def fours(self, *whose: str, child: int = 0) -> list[Row]:
        """Return a row for every two; an odd last one runs across."""
        cells = [(label(text), Cell(value)) for text, value in self.asked(*whose, child=child)]
        made: list[Row] = [(*one, *other) for one, other in zip(cells[::2], cells[1::2], strict=False)]
        return [*made, *((text, Cell(value.text, span=3)) for text, value in cells[len(made) * 2 :])]

    def boxes(self, columns: int, *whose: str) -> list[Row]:
        """Return two rows for each: the label across, the answer across under it."""
        asked = self.asked(*whose)
        return [row for text, value in asked for row in ((label(text, span=columns),), wide(value, columns))]

    def lines(self, *whose: str) -> list[Block]:
        """Return a paragraph for each, a colon after what is no question."""
        return [Line(f"{text}{'' if text[-1] == '?' else ':'} {value}") for text, value in self.asked(*whose)]


def _people(heads: Sequence[str], people: Iterable[tuple[str, ...]]) -> Grid:
    """Return a table of people under its heads, its last row left empty."""
    return grid(tuple(map(label, heads)), *people, ("",) * len(heads))


def _paper(title: str, sections: Mapping[str, Iterable[Block]], header: str) -> Paper:
    """Return the form, each section under its heading."""
    parts = (block for name, blocks in sections.items() for block in (Heading(name, 2), *blocks))
    return Paper((Heading(title, 0), *parts), header)


def school_review_request(f: Filling) -> Paper:
    """Draw a school's form: two columns under section bars, pupils one under another, boxes for long answers."""
    form = _Form(f, SCHOOL)
    rows = [bar("ABOUT YOU", 2), *form.rows(*ABOUT)]
    for n in range(f.count(3)):
        rows += [bar(f"ABOUT PUPIL {n + 1}", 2), *form.rows("child", child=n)]
    last = [bar("THE INCIDENT", 2), *form.rows(*EVENT, *MARKS), *form.boxes(2, *LONG)]
    last += [bar("QUALITY ASSURANCE BY PRACTICE REVIEW GROUP MEMBER", 2), *form.rows("qa")]
    family = _people(("Name", "Relationship to pupil", *BORN), f.family())
    sections = {"Part A: pupil": [grid(*rows)], "Part B: family": [family], "Part C: incident": [grid(*last)]}
    return _paper("School referral form: child safeguarding practice review", sections, "Confidential")


def trust_referral(f: Filling) -> Paper:
    """Draw an NHS trust's form: label and answer twice a row under blue bars, tables of family and services."""
    form = _Form(f, TRUST)
    rows = [bar("Referrer", 4, shade=BLUE), *form.fours(*ABOUT)]
    for n in range(f.count(3)):
        rows += [bar(f"Patient {n + 1}", 4, shade=BLUE), *form.fours("child", child=n)]
    last = [bar("Incident", 4, shade=BLUE), *form.fours(*EVENT, *MARKS), *form.boxes(4, *LONG)]
    last += [bar("Quality assurance by Practice Review Sub-group member", 4, shade=BLUE), *form.fours("qa")]
    family = _people(("Name", "Relationship to patient", *BORN), f.family())
    services = _people(("Service / agency", "Practitioner", "Contact details"), f.agencies())
    sections = {
        "Referrer and patients": [grid(*rows)],
        "Family and household": [family],
        "Services involved": [services],
        "Incident and sign-off": [grid(*last)],
    }
    return _paper("Safeguarding Children Team: referral for a practice review", sections, "PATIENT IDENTIFIABLE")


def police_report(f: Filling) -> Paper:
    """Draw a police unit's form: headings with answers after colons, children in a table, boxes for accounts."""
    form = _Form(f, POLICE)
    fields = form.of("child")
    sections: dict[str, list[Block]] = {
        "1. Officer making the referral": form.lines(*ABOUT),
        "2. Child or children": [_people([form.said[field] for field in fields], f.children(4, *fields))],
        "3. Family": [_people(("Name", "Relationship to child", *BORN), f.family())],
        "4. Incident": [*form.lines(*EVENT), grid(*form.boxes(1, *LONG, "parallel"))],
        "5. Current risk": form.lines("safety"),
        "6. Quality assurance by Practice Review Sub-group member": form.lines("qa"),
    }
    return _paper("Child Abuse Unit: referral to the practice review group", sections, "OFFICIAL - SENSITIVE")


def charity_form(f: Filling) -> Paper:
    """Draw a charity's form: friendly questions over answer boxes, a column for each child, a sign-off table."""
    form = _Form(f, CHARITY)
    first = tuple(map(label, ("", "First child", "Second child", "Third child")))
    children: list[Row] = [(label(form.said[x]), *(f.child(n, x) for n in range(3))) for x in form.of("child")]
    sections = {
        "About you": [grid(*form.rows(*ABOUT))],
        "About the child or children": [grid(first, *children)],
        "About what happened": [grid(*form.boxes(1, *EVENT, *LONG, *MARKS))],
        "Who else is helping the family?": [_people(("Agency", "Worker's name", "Phone or email"), f.agencies())],
        "Quality assurance (by the practice review group member)": [grid(*form.rows("qa"))],
    }
    return _paper("Asking for a child safeguarding practice review", sections, "")


DRAWINGS = (school_review_request, trust_referral, police_report, charity_form)
LAYOUTS = tuple(layout for draw in DRAWINGS for layout in drawn(draw, "docx"))
