"""System checks: a key that signs, and the shared library without which a document takes several times as long."""

import ctypes
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core import checks
from django.utils import timezone
from django.utils.translation import gettext as _

from attestations.deuxddoc.certificats import Certificat
from attestations.erreurs import SignatureImpossible
from attestations.presentation import PARIS
from attestations.signataires import signataire

# Linux, macOS, Windows: the names under which WeasyPrint looks for it.
BIBLIOTHEQUES = ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll")
# An authority takes weeks to deliver the next certificate.
PREAVIS = timedelta(days=60)


def verifier_harfbuzz(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """W001 when WeasyPrint would have to subset fonts in Python."""
    if any(_presente(nom) for nom in BIBLIOTHEQUES):
        return []
    return [
        checks.Warning(
            _(
                "La bibliothèque harfbuzz-subset est absente : chaque PDF prend environ dix fois plus de temps."
            ),
            hint=_("Installez-la, par exemple : apt install libharfbuzz-subset0"),
            id="attestations.W001",
        )
    ]


def verifier_signataire(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """E001, or W002 in a demonstration: nobody signs. E003: a key of test in production. W004: it expires soon."""
    aujourd_hui = timezone.now().astimezone(PARIS).date()
    try:
        certificat = signataire(aujourd_hui).certificat
    except (SignatureImpossible, ImportError) as erreur:
        grave = (checks.Warning, "W002") if settings.DEMONSTRATION else (checks.Error, "E001")
        return [
            grave[0](
                _("Personne ne peut signer les 2D-Doc : aucune attestation ne sera produite. %(raison)s")
                % {"raison": erreur},
                hint=_(
                    "En démonstration : manage.py creer_cle_2ddoc. En production : docs/attestations.md, « Keys »."
                ),
                id=f"attestations.{grave[1]}",
            )
        ]
    return list(_du_certificat(certificat, aujourd_hui))


def _du_certificat(certificat: Certificat, aujourd_hui: date) -> Iterator[checks.CheckMessage]:
    if certificat.de_test and not settings.DEMONSTRATION:
        yield checks.Error(
            _(
                "Le certificat %(reference)s est celui d’une autorité de test : il ne doit pas servir en production."
            )
            % {"reference": certificat.reference},
            hint=_("Installez un certificat délivré par une autorité 2D-Doc."),
            id="attestations.E003",
        )
    if certificat.fin - aujourd_hui < PREAVIS:
        yield checks.Warning(
            _("Le certificat %(reference)s expire le %(fin)s.")
            % {"reference": certificat.reference, "fin": f"{certificat.fin:%d/%m/%Y}"},
            hint=_("Ajoutez dès maintenant la clé suivante : elle prendra le relais."),
            id="attestations.W004",
        )


def _presente(nom: str) -> bool:
    try:
        ctypes.CDLL(nom)
    except OSError:
        return False
    return True
