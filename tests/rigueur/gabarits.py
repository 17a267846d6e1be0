"""An undefined variable in one of our templates fails the test, instead of printing nothing."""

from typing import Any

from django.conf import settings
from django.template import Context
from django.template.base import FilterExpression, Parser, Variable, VariableDoesNotExist

# Told to be possibly absent by the author of the template.
FILTRES_D_ABSENCE = frozenset({"default", "default_if_none"})

# Kept besides the exception: code that survives any failure (a mail tried again later) must not hide it.
rencontrees: list[str] = []


class VariableInconnue(AssertionError):
    """A template printed, or passed to a tag, a variable that nobody gave it."""


class ExpressionSurveillee(FilterExpression):
    """An expression of one of our templates."""

    def __init__(self, token: str, parser: Parser, gabarit: str) -> None:
        super().__init__(token, parser)
        self.gabarit = gabarit
        self.surveillee = isinstance(self.var, Variable) and not (
            self.filters and self.filters[0][0].__name__ in FILTRES_D_ABSENCE
        )

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        # `if`, `for` and `firstof` say themselves that the variable may be absent.
        if self.surveillee and not ignore_failures:
            try:
                self.var.resolve(context)
            except VariableDoesNotExist:
                faute = f"{self.gabarit} : {{{{ {self.token} }}}} n’est pas définie"
                rencontrees.append(faute)
                raise VariableInconnue(faute) from None
        return super().resolve(context, ignore_failures)


def installer() -> None:
    """Watch the templates of this project only, not those of Django's admin or of the DSFR."""
    racine = f"{settings.BASE_DIR}/"
    bibliotheques = f"{settings.BASE_DIR}/.venv/"
    compiler = Parser.compile_filter

    def compiler_en_surveillant(self: Parser, token: str) -> FilterExpression:
        nom = str(getattr(self.origin, "name", ""))
        if nom.startswith(racine) and not nom.startswith(bibliotheques):
            return ExpressionSurveillee(token, self, nom.removeprefix(racine))
        return compiler(self, token)

    Parser.compile_filter = compiler_en_surveillant
