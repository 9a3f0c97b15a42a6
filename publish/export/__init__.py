"""A database of ours -> files in the formats that people and programs open: Excel, CSV, JSON, a Data Package, SQLite.

A format is an entry of `formats.FORMATS`; `writing` puts its files into a folder, one file, a ZIP or stdout.
"""
