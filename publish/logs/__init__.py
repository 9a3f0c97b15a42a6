"""What a run does, as lines on stderr for machines and administrators; never a word of a document.

Without the options of `logs.options` nothing is logged, and people see the messages they always see.
"""

from publish.logs.events import event
from publish.logs.setting import in_use

__all__ = ["event", "in_use"]
