"""The demo's referrals: our own blank, filled in by invented people, on time, late, unsigned, twice, and amended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from intake.blank_form.pdf import blank_pdf
from intake.blank_form.word import blank_docx
from intake.programs.demo import filling
from intake.programs.demo.filling import Answers
from intake.programs.demo.mails import PDF, WORD, Attachment, DemoMail, Writer
from parsers.template import Library, Sheet

HELLO = "Dear colleagues,\n\nplease find our referral attached.\n\nKind regards\n"
POLICE = "Pat Example <pat.example@constabulary.example>"
HOSPITAL = "Sam Sample <sam.sample@hospital.example>"
SCHOOL = "Jo Invented <office@nowhere-lane.example>"
WEBMAIL = "A. Stranger <a.stranger@webmail.example>"
FILE_NAME = "CSPR referral"


@dataclass(frozen=True, slots=True)
class Forms:
    """Blanks of the first sheet, ready to be filled."""

    word: bytes
    fillable: bytes

    @classmethod
    def of(cls, library: Library) -> "Forms":
        """Make the blanks of the library's first sheet."""
        sheet: Sheet = library.sheets[0]
        return cls(blank_docx(sheet, library), blank_pdf(sheet, library))

    def docx(self, answers: Answers) -> Attachment:
        """Return the Word form, filled."""
        return Attachment(f"{FILE_NAME}.docx", WORD, filling.docx(self.word, answers))

    def pdf(self, answers: Answers) -> Attachment:
        """Return the PDF form, filled."""
        return Attachment(f"{FILE_NAME}.pdf", PDF, filling.pdf(self.fillable, answers))


def referrals(writer: Writer, forms: Forms) -> Iterator[DemoMail]:
    """Give the mails that hold referrals, in the order in which they arrive."""
    yield from _signed_and_in_time(writer, forms)
    yield from _odd_ones(writer, forms)


def _signed_and_in_time(writer: Writer, forms: Forms) -> Iterator[DemoMail]:
    today = writer.now.date()
    first = _answers(today - timedelta(days=6), "Alex Invented", "14/02/2019", _police(today))
    form = forms.docx(first)
    yield writer.write(
        "a Word form, signed off and in time", POLICE, "CSPR referral [secure]", HELLO, [form], days_ago=4
    )
    second = forms.pdf(_answers(today - timedelta(days=3), "Billie Madeup", "03/09/2022", _hospital(today)))
    yield writer.write("a PDF form, signed off and in time", HOSPITAL, "Referral", HELLO, [second], days_ago=1)
    two = [
        forms.docx(_answers(today - timedelta(days=2), "Dale Fictional", "30/11/2017", _police(today))),
        forms.docx(_answers(today - timedelta(days=1), "Erin Pretend", "05/05/2012", _police(today))),
    ]
    yield writer.write("two forms in one mail", POLICE, "Two referrals", HELLO, two)
    yield writer.write("the first form again: the same file", POLICE, "CSPR referral, sent again", HELLO, [form])
    amended = forms.docx(first | {"incident.summary": "Amended: the time of the fall was later than we wrote."})
    yield writer.write("the first form amended", POLICE, "CSPR referral v2", HELLO, [amended])


def _odd_ones(writer: Writer, forms: Forms) -> Iterator[DemoMail]:
    today = writer.now.date()
    late = forms.docx(_answers(today - timedelta(days=40), "Charlie Nobody", "21/06/2015", _school(today)))
    yield writer.write("a late form from a school, not signed off", SCHOOL, "referral", HELLO, [late])
    risk = _answers(today - timedelta(days=1), "Frankie Nowhere", "17/03/2020", _hospital(today))
    del risk["safety.current_risk=2"]
    risk |= {"safety.current_risk=1": True, "safety.current_risk+": "A younger sibling is still in the home."}
    yield writer.write("a form that says a sibling is at risk now", HOSPITAL, "Referral", HELLO, [forms.docx(risk)])
    stranger = forms.docx(_answers(today - timedelta(days=2), "Gray Absent", "09/10/2016", _school(today)))
    yield writer.write("a form from an unknown address", WEBMAIL, "referral", HELLO, [stranger])
    blank = Attachment("form.docx", WORD, forms.word)
    yield writer.write("a blank form", HOSPITAL, "Referral form", HELLO, [blank])


def _answers(incident: date, child: str, born: str, people: Mapping[str, str]) -> dict[str, str | bool]:
    """Return a whole form's answers; ``people`` are the referrer's and the QA section's."""
    return {
        **people,
        "child.name#1": child,
        "child.dob#1": born,
        "child.address#1": "1 Invented Street, Exampleton",
        "child.legal_status#1=2": True,
        "referral.criteria=2": True,
        "incident.date": f"{incident:%d/%m/%Y}",
        "incident.place": "At home",
        "incident.summary": "An invented account of an invented fall, for the demo alone.",
        "incident.harm=2": True,
        "referral.reason": "Agencies each held a part of the picture.",
        "parallel.processes=1": True,
        "safety.current_risk=2": True,
    }


def _police(today: date) -> dict[str, str]:
    agency = "Exampleshire Constabulary"
    sergeant = _people("Pat Example", "Detective Sergeant", agency, "pat.example@constabulary.example", today)
    return sergeant | _signed("Orla Example", agency, today)


def _hospital(today: date) -> dict[str, str]:
    agency = "Exampleton Hospitals NHS Trust"
    nurse = _people("Sam Sample", "Named Nurse", agency, "sam.sample@hospital.example", today)
    return nurse | _signed("Idris Sample", agency, today)


def _school(today: date) -> dict[str, str]:
    return _people("Jo Invented", "Head teacher", "Nowhere Lane Primary School", "office@nowhere-lane.example", today)


def _people(name: str, role: str, agency: str, email: str, today: date) -> dict[str, str]:
    return {
        "referrer.name": name,
        "referrer.role": role,
        "referrer.agency": agency,
        "referrer.email": email,
        "referral.date": f"{today - timedelta(days=4):%d/%m/%Y}",
    }


def _signed(name: str, agency: str, today: date) -> dict[str, str]:
    return {
        "qa.name": name,
        "qa.agency": agency,
        "qa.role": "PRSG member",
        "qa.date": f"{today - timedelta(days=4):%d/%m/%Y}",
        "qa.statement": "I have quality assured this referral.",
    }
