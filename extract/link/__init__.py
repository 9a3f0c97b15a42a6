"""Items and mentions -> records: what belongs to what, inherited as the guide says, and tied to the codelists."""
