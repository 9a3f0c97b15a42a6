"""`kehoach backup`: a whole and checked copy of a database, and the way back."""
