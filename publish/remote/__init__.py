"""Files elsewhere, through fsspec: named by URL, listed without being read, fetched by who reads them, put whole."""
