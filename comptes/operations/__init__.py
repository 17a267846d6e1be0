"""What changes the state of an account, a sign-up or a mail: one file, one thing."""
