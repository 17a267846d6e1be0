"""What a third party without account may ask about an attestation (R-ATT-3)."""
