"""Made-up people for the demo, led through the portal by the same verbs as real ones."""
