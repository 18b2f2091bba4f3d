"""The static site: the pages that Ally answers with, as HTML to share and to print."""
