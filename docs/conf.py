"""The site: the pages of this repository as they are, built by ``just docs``.

The whole repository is the source, so that a link between two pages, or from a page
to a file, is the same here and where the code is kept.
"""

project = "Ally"
extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = [
    "README.md",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/*.md",
]
exclude_patterns = [".*", "build", "venv"]

myst_heading_anchors = 3
# An indented block is a command, an answer or YAML: its language is not guessed.
highlight_language = "none"

html_theme = "furo"
html_title = "Ally"
html_extra_path = ["site"]
html_copy_source = False
html_use_index = False
html_show_copyright = False
html_show_sphinx = False
