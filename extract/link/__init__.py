"""Items and mentions -> records: what belongs to what, inherited as gold/GUIDE.md says, and tied to the codelists."""
