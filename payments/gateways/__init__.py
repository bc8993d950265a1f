"""The doors to payment companies: one file a company, nothing of theirs is seen outside."""
