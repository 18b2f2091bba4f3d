"""The flags that pictures show."""
