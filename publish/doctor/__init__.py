"""`kehoach doctor`: what is installed, what is missing, how a database stands, and what to do about it."""

from publish.doctor.finding import Finding, State

__all__ = ["Finding", "State"]
