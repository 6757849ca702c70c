"""From mails to figures: what a month of post amounts to, and that nothing personal is in it."""

from datetime import date, timedelta

from intake.domain import reported
from intake.domain.figure_facts import Facts, Period
from intake.domain.figures import Dimension
from intake.domain.small_numbers import fit_to_leave
from intake.domain.waiting_times import Clocks
from intake.domain.working_days import calendar
from intake.web.charts import chart
from intake.web.figure_words import table
from tests.builders.forms import marf_docx, to_docx
from tests.builders.house import RECEIVED, TestHouse
from tests.builders.mails import docx_attachment
from tests.builders.posted import form, sent

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
NAMES = {Dimension.AGENCY: {"gmp": "Greater Manchester Police"}}


def test_a_months_post_is_counted(at_home: TestHouse) -> None:
    """Two referrals, one of them late and sent twice, and a form of another service: each counted once."""
    late = form(1, incident__date="01/09/2026")
    at_home.take(sent(docx_attachment(to_docx(form()))))
    at_home.take(sent(docx_attachment(to_docx(late)), number=2))
    changed = late.but(incident__summary="A longer account.")
    at_home.take(sent(docx_attachment(to_docx(changed)), number=3), RECEIVED + timedelta(hours=2))
    at_home.take(sent(docx_attachment(marf_docx()), number=4))
    records = at_home.records
    clocks = Clocks(5, calendar(at_home.rules.working_days.bank_holidays), at_home.now.date())
    facts = Facts(
        records.referral_facts(NOVEMBER), records.message_facts(NOVEMBER), records.alert_facts(NOVEMBER),
        records.form_mail_facts(NOVEMBER), records.letter_facts(NOVEMBER),
    )  # fmt: skip
    made = reported.figures(facts, NOVEMBER, clocks)
    tables = {one.title: one.rows[-1] for one in (table(figure, NAMES) for figure in made)}
    assert tables == {
        "Referrals by agency and month": ["Total", "2", "2"],
        "Referrals in time, by agency": ["Total", "0", "1", "1", "0", "2", "50%", "41 days", "76 days"],
        "Days from incident to referral": ["Total", "2"],
        "Quality assurance, by agency": ["Total", "2", "0", "0", "2", "0%"],
        "From receipt to acknowledgement, by month": ["Total", "0", "0", "0", "2", "2", "-", "-"],
        "Why referrals were made, by month": ["Total", "2", "2"],
        "Sections without an answer that is needed": ["Total", "0", "-"],
        "Alerts that a child may be at risk, by month, and how soon a person closed them": [
            "Total", "0", "0", "0", "0", "0", "-", "-",
        ],
        "Emails with a form that could be read whole, by month": ["Total", "3", "0", "3", "0%"],
        "Answers to senders, by month": ["Total", "0", "0", "4", "4", "0%"],
        "Forms of other services, by month, and how soon a person dealt with them": [
            "Total", "0", "0", "0", "1", "1", "-", "-",
        ],
    }  # fmt: skip
    everything = "".join(
        str(chart(figure, NAMES)) + str(table(figure, NAMES)) for figure in (*made, *fit_to_leave(made))
    )
    assert "Madeup" not in everything
    assert all(case["reference"] not in everything for case in at_home.register())
