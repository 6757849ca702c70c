"""What every decision of a person needs: a reason in their own words; their name is the session's."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

MOST_WORDS = 2_000


class Reason(FlaskForm):
    """A decision's reason."""

    reason = TextAreaField(
        "Reason", [DataRequired("Say why"), Length(max=MOST_WORDS, message="Use at most 2,000 characters")]
    )

    @property
    def words(self) -> str:
        """The reason as it was written, without blanks around it."""
        return (self.reason.data or "").strip()
