"""Pages of the desk: shown here, posted to the owner of the act."""
