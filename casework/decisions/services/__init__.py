"""The only writers of acts, sign requests, signature evidence and hearings."""
