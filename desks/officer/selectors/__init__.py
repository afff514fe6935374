"""What the pages of the desk show; nothing is decided and nothing is written here."""
