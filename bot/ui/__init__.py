"""How a message looks: rendering, limits, forms, routes, refusals, permissions."""
