"""Files -> a database, as far as possible by what has changed: found, read, staged, then written in one piece."""
