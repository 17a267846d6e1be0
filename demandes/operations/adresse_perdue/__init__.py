"""A lost mailbox, step by step: asked for, verified, sent, looked at by an agent, cancelled (spec part 13)."""
