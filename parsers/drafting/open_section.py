"""One section of a blank form while it is being gathered."""

from dataclasses import dataclass, field

from parsers.contract import DraftQuestion
from parsers.drafting.spoken import Spoken


@dataclass
class Open:
    """One section being gathered."""

    title: str
    spoken: Spoken
    answers: bool = True
    level: int = 0
    children: int = 0
    copying: bool = False
    """The questions stand there a second time, for the next child."""
    questions: list[DraftQuestion] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    boxes_at: tuple[str, tuple[int, ...]] = ("", ())

    def asks(self, question: DraftQuestion) -> bool:
        """Tell whether a question's words, or its place on the list of fields, are asked here already."""
        same = (question.untrusted_label.casefold(), question.field)
        return any((each.untrusted_label.casefold(), each.field) == same for each in self.questions)
