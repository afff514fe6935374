"""Pages of proceedings: the cabinet's and the officer's, one content in two frames."""
