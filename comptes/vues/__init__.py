"""HTTP in, operation or query, HTTP out."""
