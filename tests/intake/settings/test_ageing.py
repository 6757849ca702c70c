"""Warnings: allowed, and yet a person should look."""

import dataclasses
from datetime import date
from pathlib import Path

from intake.settings.ageing import warnings
from intake.settings.loading import load
from tests.builders.settings import settings, write_config

TODAY = date(2026, 11, 23)


def test_a_sound_configuration_warns_of_agencies_nobody_signs_for_only(tmp_path: Path) -> None:
    """With people on the list for every agency, nothing is left to say but that there is no scanner."""
    loaded = settings(tmp_path)
    listed = {member.agency for member in loaded.members}
    quiet = dataclasses.replace(loaded, agencies=tuple(a for a in loaded.agencies if a.code in listed))
    assert [fault.place for fault in warnings(quiet, TODAY)] == ["scanner.clamd"]


def test_the_end_of_the_holiday_table_is_told_before_and_after(tmp_path: Path) -> None:
    """Three months before the table ends it says so, and once it has ended."""
    loaded = settings(tmp_path)
    for today in (date(2028, 11, 1), date(2029, 2, 1)):
        assert "bank_holidays.known_until" in [fault.place for fault in warnings(loaded, today)]


def test_empty_channels_are_told(tmp_path: Path) -> None:
    """Nobody to alert and nobody to report to is allowed, and told."""
    loaded = load(write_config(tmp_path, alert_to=(), report_to=()), {})
    assert {"alert.to", "report.to"} <= {fault.place for fault in warnings(loaded, TODAY)}


def test_a_front_whose_word_is_not_believed_is_told(tmp_path: Path) -> None:
    """All would count as one place; with the front named there is nothing to say."""
    name = 'public_name = "referrals.council.example"'
    for more, is_told in (("", True), ('front = "127.0.0.1"', False)):
        loaded = load(write_config(tmp_path, listen="127.0.0.1:8480", extra_web=f"{name}\n{more}"), {})
        assert ("web.front" in [fault.place for fault in warnings(loaded, TODAY)]) is is_told


def test_a_border_nobody_has_looked_at_is_told(tmp_path: Path) -> None:
    """Where forgeries would stand is asked until somebody has said it."""
    file = write_config(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("hops_above_results = 0\n", ""), encoding="utf-8")
    found = {fault.place: fault.says for fault in warnings(load(file, {}), TODAY)}
    assert "forged" in found["mailbox[0].hops_above_results"]


def test_an_agency_that_ended_needs_no_member(tmp_path: Path) -> None:
    """A closed agency is not warned of."""
    assert not [fault for fault in warnings(settings(tmp_path), TODAY) if "closed-trust" in fault.says]
