"""Text to mentions with their places: each module one kind of thing that a plan says."""
