"""Forms of other processes about the same children and by the same people; not one of them is a referral to us."""

from benchmarks.reading.neighbours import casework, front_door, other_reviews, review_papers
from benchmarks.reading.neighbours.form import Form

FORMS: tuple[Form, ...] = (*front_door.FORMS, *other_reviews.FORMS, *review_papers.FORMS, *casework.FORMS)

__all__ = ["FORMS", "Form"]
