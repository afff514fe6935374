"""The doors that applications, proceedings and complaints share: one action of their table, one sign request, what answers show."""
