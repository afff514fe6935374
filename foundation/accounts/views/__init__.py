"""Pages of accounts: sign-in, second factor, profile, companies and colleagues."""
