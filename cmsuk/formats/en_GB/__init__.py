"""British, with the clock of 24 hours that every page of the portal uses."""
