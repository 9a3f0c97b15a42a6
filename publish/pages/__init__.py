"""What the site's pages show: questions to the database, answered as plain data, and how a page is put together.

A module is one page's questions; `site/plugins` gives each page its address, `site/templates` its looks.
"""
