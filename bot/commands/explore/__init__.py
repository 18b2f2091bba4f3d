"""The commands that compare, list, chart and map; a reader needs no rights for them."""
