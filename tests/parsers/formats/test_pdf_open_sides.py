"""Pages that rule only the answers: labels outside the boxes, ladders of boxes to tick, names broken over lines."""

from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from parsers.document import Paragraph, Table
from parsers.formats.pdf import read_pdf

TOP, HIGH, WIDE = 700.0, 24.0, 150.0
Label = tuple[float, str]


def page(
    boxes: list[tuple[float, float, float, float]], words: list[tuple[float, float, str]]
) -> list[Table | Paragraph]:
    """Return the blocks of a page with these boxes (left, bottom, width, height) and words (left, base)."""
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.setFont("Helvetica", 9)
    for box in boxes:
        canvas.rect(*box)
    for left, base, text in words:
        canvas.drawString(left, base, text)
    canvas.save()
    return list(read_pdf(made.getvalue()).blocks)


def texts(block: Table | Paragraph) -> list[list[str]]:
    """Return a table's texts, row by row."""
    assert isinstance(block, Table)
    return [[cell.text for cell in row] for row in block.rows]


def column(
    left: float, answers: list[str]
) -> tuple[list[tuple[float, float, float, float]], list[tuple[float, float, str]]]:
    """Return a column of boxes with what is in them."""
    boxes = [(left, TOP - HIGH * n, WIDE, HIGH) for n in range(len(answers))]
    return boxes, [(left + 4, TOP - HIGH * n + 8, text) for n, text in enumerate(answers)]


def labels(left: float, said: list[str]) -> list[tuple[float, float, str]]:
    """Return labels at the heights of a column's boxes."""
    return [(left, TOP - HIGH * n + 8, text) for n, text in enumerate(said)]


def test_labels_left_of_their_boxes_are_the_boxes_labels() -> None:
    """A column of boxes and the words beside it are a table of two columns."""
    boxes, words = column(150, ["Kit Example", "", "Fable Trust"])
    (table,) = page(boxes, [*words, *labels(60, ["Name", "Role", "Agency"])])
    assert texts(table) == [["Name", "Kit Example"], ["Role", ""], ["Agency", "Fable Trust"]]


def test_two_columns_of_boxes_are_one_table() -> None:
    """Labels between two columns of boxes part them; each stands left of its own."""
    (left, said), (right, also) = column(110, ["Kit Example", "Nurse"]), column(360, ["1 May 2026", ""])
    words = [*said, *also, *labels(40, ["Name", "Role"]), *labels(275, ["Date", "Email"])]
    (table,) = page([*left, *right], words)
    assert texts(table) == [["Name", "Kit Example", "Date", "1 May 2026"], ["Role", "Nurse", "Email", ""]]


def test_words_far_above_a_box_stay_lines() -> None:
    """What stands over a box, not beside it, is a line of its own."""
    boxes, words = column(150, ["Kit Example", "Nurse"])
    first, second = page(boxes, [*words, (60, TOP + 60, "Name of referrer")])
    assert isinstance(first, Paragraph)
    assert texts(second) == [["Kit Example"], ["Nurse"]]


def test_a_story_beside_a_box_is_no_label() -> None:
    """Many words beside one box are running text."""
    story = [(20, TOP + 8 - 1.1 * n, "many words of a story told beside") for n in range(0, 6, 5)]
    boxes, words = column(200, ["Kit", "Mo"])
    tall = [(200, TOP - HIGH * 8, WIDE, HIGH)]
    blocks = page([*boxes, *tall], [*words, *story, *[(20, TOP - HIGH * 8 + 2 + n, "word " * 9) for n in (0, 10, 18)]])
    assert any(isinstance(block, Paragraph) and "word word" in block.text for block in blocks)


def test_a_ladder_of_boxes_is_boxes_to_tick() -> None:
    """Boxes drawn as one narrow column of lines are ticked or not, each for the words beside it."""
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.grid([60, 78], [652, 668, 684, 700])
    for base, text in ((689, "Police investigation"), (673, "Coroner's inquest"), (657, "Child death review")):
        canvas.drawString(84, base, text)
    canvas.drawString(66, 673, "X")
    canvas.save()
    lines = [" ".join(block.text.split()) for block in read_pdf(made.getvalue()).blocks if isinstance(block, Paragraph)]
    assert lines == ["☐ Police investigation", "☒ Coroner's inquest", "☐ Child death review"]


def test_a_name_broken_at_its_hyphen_keeps_its_order() -> None:
    """Both halves of a word broken over lines stand in their own lines."""
    words = [(104, TOP + 22, "Jo-Anne Fable-"), (104, TOP + 11, "Smith")]
    table, *_ = page([(100, TOP, 75, 40)], [*words, (60, 600, "A line of words that is long enough to be read.")])
    assert texts(table) == [["Jo-Anne Fable-Smith"]]
