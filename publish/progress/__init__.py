"""Plans against what was done: what people report goes in, checked whole; how far things have come, comes out."""
