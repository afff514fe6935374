"""Suits against acts, actions and failures to act: the response, the reasoned position, the court act (Rules 23)."""
