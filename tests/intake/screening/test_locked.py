"""Envelopes only a person can open."""

from typing import Any

import pytest

from intake.screening.locked import link_only, unopened
from parsers.contract import Kind
from tests.builders.surveys import FORM, part, survey

LOGO = part(Kind.IMAGE, "logo.png", size=90_000)


@pytest.mark.parametrize("code", ["purview", "egress", "mimecast", "zivver", "nhsmail", "cisco"])
def test_a_known_wrapper_keeps_its_name(code: str) -> None:
    """The service is told, also beside a large picture of its own."""
    assert unopened(survey(wrapper=code)) == code
    assert unopened(survey(LOGO, wrapper=code)) == code


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        (Kind.PROTECTED_MESSAGE, "message.rpmsg", "purview"),
        (Kind.PROTECTED_MESSAGE, "MESSAGE_V2.RPMSG", "purview"),
        (Kind.PROTECTED_MESSAGE, "", "protected"),
        (Kind.UNKNOWN, "message.rpmsg", "purview"),
        (Kind.HTML, "Encrypted_Message.htm", "nhsmail"),
        (Kind.HTML, "page.html", None),
    ],
)
def test_a_wrapper_is_known_by_its_part(kind: Kind, name: str, code: str | None) -> None:
    """A rights-protected part is one whatever it is called."""
    assert unopened(survey(part(kind, name))) == code


def test_a_document_beside_the_wrapper_is_read() -> None:
    """A footer or a wrapper does not keep an open form from being read."""
    assert unopened(survey(FORM, wrapper="egress")) is None


@pytest.mark.parametrize(
    ("links", "parts", "only"),
    [
        (("sharepoint",), (), True), (("onedrive", "sharepoint"), (LOGO,), True), (("sharepoint",), (FORM,), False),
        ((), (), False),
    ],
)  # fmt: skip
def test_a_link_alone_is_a_link_alone(links: tuple[str, ...], parts: tuple[Any, ...], only: bool) -> None:
    """A link counts only where no document came with it; a picture is none."""
    assert link_only(survey(*parts, links=links)) is only
