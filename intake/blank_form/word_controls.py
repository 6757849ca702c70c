"""Content controls of Word as XML: text, date picker, tick-box (ECMA-376 17.5.2; [MS-DOCX] 2.6.1.14)."""

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml

from intake.blank_form.plan import DATE_PROMPT, PROMPT

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
_DATE = (
    '<w:date><w:dateFormat w:val="dd/MM/yyyy"/><w:lid w:val="en-GB"/>'
    '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
)
_BOX = (
    '<w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
)


class Controls:
    """Makes controls with ids that count up, so that one sheet always gives the same file."""

    def __init__(self) -> None:
        """Begin with the first id."""
        self._made = 0

    def text(self, tag: str, title: str, prompt: str = PROMPT) -> Any:  # noqa: ANN401 - python-docx gives its elements no public type
        """Return a control for words, several lines allowed."""
        return self._control(tag, title, '<w:text w:multiLine="1"/>', prompt)

    def date(self, tag: str, title: str, prompt: str = DATE_PROMPT) -> Any:  # noqa: ANN401 - as above
        """Return a date picker; words may be typed over it."""
        return self._control(tag, title, _DATE, prompt)

    def box(self, tag: str, title: str) -> Any:  # noqa: ANN401 - as above
        """Return a tick-box, not ticked."""
        run = (
            '<w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'
            "</w:rPr><w:t>\u2610</w:t></w:r>"
        )
        return self._made_of(tag, title, _BOX, run)

    def _control(self, tag: str, title: str, kind: str, prompt: str) -> Any:  # noqa: ANN401 - as above
        run = f'<w:r><w:rPr><w:color w:val="767676"/></w:rPr><w:t>{prompt}</w:t></w:r>'
        return self._made_of(tag, title, f"<w:showingPlcHdr/>{kind}", run)

    def _made_of(self, tag: str, title: str, kind: str, run: str) -> Any:  # noqa: ANN401 - as above
        self._made += 1
        return parse_xml(
            f"<w:sdt {_SPACES}><w:sdtPr><w:alias w:val={quoteattr(title[:60])}/><w:tag w:val={quoteattr(tag)}/>"
            f'<w:id w:val="{1000 + self._made}"/>{kind}</w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>'
        )
