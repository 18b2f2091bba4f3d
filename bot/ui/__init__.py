"""Answer to Discord components: views, buttons, limits and error replies."""
