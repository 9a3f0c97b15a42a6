"""Documents and truth: sample plans, their gold, and the scorer that holds an extractor's records against gold."""

from corpus.score import Mistake, Row, ScoreTable, below_floors, format_table, score_folders

__all__ = ["Mistake", "Row", "ScoreTable", "below_floors", "format_table", "score_folders"]
