"""Applications for programs (api.md): read, draft, attach, ask for the bytes to sign, act."""
