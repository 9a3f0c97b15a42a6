"""Values of reports -> proposals of the targets they belong to, for a person to decide on; nothing is linked here."""
