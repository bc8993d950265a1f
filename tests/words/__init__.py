"""What the portal says, gathered from its code for three lists in docs/."""
