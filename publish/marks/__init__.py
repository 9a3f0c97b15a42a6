"""Record -> a picture of it: its spans drawn over the pages of its file (PDF), or marked in its text (HTML)."""

from publish.marks.found import Mark, marks_of, without_box
from publish.marks.write import NoPages, write_marks

__all__ = ["Mark", "NoPages", "marks_of", "without_box", "write_marks"]
