"""What Ally says: an Assessment becomes an Answer, a small plain document."""
