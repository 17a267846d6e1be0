"""Hypothesis on a busy machine: how long an example takes says nothing of the rules."""

from hypothesis import HealthCheck, settings

settings.register_profile("regles", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("regles")
