"""Words: a template and a timeline → a Letter or a TimelinePage, in no format yet."""

from pex.letters.compose import compose_letter, letters_for
from pex.letters.templates import is_for_household, letter_ids
from pex.letters.timeline_page import compose_timeline

__all__ = ["compose_letter", "compose_timeline", "is_for_household", "letter_ids", "letters_for"]
