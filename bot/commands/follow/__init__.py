"""What channels follow: /follow, /following, and the messages that tell what is new."""
