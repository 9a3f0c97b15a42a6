"""How a task stands: the six states of the form in which progress on tasks is followed."""

from enum import StrEnum


class TaskState(StrEnum):
    """What was done of a task, and whether in time; labels are in `codelists/task_states.csv`."""

    DONE_IN_TIME = "done_in_time"
    DONE_LATE = "done_late"
    DOING_IN_TIME = "doing_in_time"
    DOING_LATE = "doing_late"
    NOT_STARTED = "not_started"
    DROPPED = "dropped"
