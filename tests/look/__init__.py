"""Every page that somebody can reach by links in the demo, looked at by browsers and checkers."""
