"""A timeline → the page « Où en êtes-vous ? »: five big steps, a zoom on the current one, the way out of each.

`compose_timeline` writes the page, whole, in few words or in pictures; `timeline_lines` is the same page as the
ordered list of its sentences, which every drawing says too. `help_block` is the frame of the national number.
"""

from pex.letters.timeline_page.compose import compose_timeline, help_block
from pex.letters.timeline_page.text import Line, timeline_lines
from pex.letters.timeline_page.versions import COMPLETE, VERSIONS, in_version

__all__ = ["COMPLETE", "VERSIONS", "Line", "compose_timeline", "help_block", "in_version", "timeline_lines"]
