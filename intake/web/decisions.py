"""What every decision of a person needs: a reason in their own words, and a word that it was taken."""

from flask import flash, redirect
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
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


def done(says: str, place: str) -> Response:
    """Lead on to ``place``, which says once what was done: in fixed words, for the session keeps them until then."""
    flash(says)
    return redirect(place)
