"""Why an operation on a staff account is refused."""


class AgentInconnu(Exception):
    """There is no member of staff with this id, or it is an usager's account."""


class SansDroit(Exception):
    """Whoever acts is no active administrateur (any more)."""


class SonPropreCompte(Exception):
    """Nobody changes their own role, second factor or access: somebody else must look at it."""


class IdentifiantPris(Exception):
    """An account has this login already."""


class IdentifiantInvalide(Exception):
    """This login could not be told from a number, or holds signs that a login has not."""


class PrefecturesIncoherentes(Exception):
    """An instructeur or a responsable without prefecture, or a prefecture for a role that has none."""


class CompteModifie(Exception):
    """The account is not any more as the page showed it: somebody else changed it meanwhile."""


class CompteDesactive(Exception):
    """No link is sent to a deactivated account."""


class SansAdresse(Exception):
    """The account has no e-mail address to write to."""


class DejaFait(Exception):
    """The account is in the wanted state already."""


class CodeRefuse(Exception):
    """This code is wrong, too old, or has served already: never said which."""


class SecondFacteurAbsent(Exception):
    """The account has no second factor yet."""


class SecondFacteurPresent(Exception):
    """The account has a second factor already."""
