"""Files of exchange formats -> the records and entered facts that they hold: what `kehoach export` wrote, read back.

What a format's own elements say is read from them; what has no place there is JSON beside it (docs/exchange.md).
"""
