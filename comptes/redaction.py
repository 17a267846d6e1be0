"""The words of a mail, written when it is sent: subject, text and HTML from templates/courriels/<type>/."""

from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from comptes import jetons
from comptes.models import ChangementAdresse, Courriel, Inscription


class SansObjet(Exception):
    """The mail has nothing left to say: its code has expired, its link was replaced, its sign-up is over."""


@dataclass(frozen=True)
class PieceJointe:
    """A file that goes with a mail; its name holds no personal data."""

    nom: str
    contenu: bytes
    type_mime: str = "application/pdf"


def rediger(courriel: Courriel, piece_jointe: PieceJointe | None = None) -> EmailMultiAlternatives:
    """Give the message to send, in the mail's language.

    Its Message-ID is made from `courriel.cle`: sent twice, it is recognised as the same. Raises SansObjet.
    """
    with translation.override(courriel.langue):
        contexte = {
            "courriel": courriel,
            "compte": courriel.compte,
            "demande": courriel.demande,
            "valeurs": courriel.valeurs,
            "avec_piece_jointe": piece_jointe is not None,
            "demonstration": settings.DEMONSTRATION,
            "base_url": settings.BASE_URL,
            "telephone_ccc": settings.TELEPHONE_CCC,
            **PREPARATIONS.get(courriel.type, _espace)(courriel),
        }
        # A subject is one line: what a template breaks for its own layout is joined again.
        objet = " ".join(render_to_string(f"courriels/{courriel.type}/objet.txt", contexte).split())
        corps = render_to_string(f"courriels/{courriel.type}/texte.txt", contexte).strip()
        texte = render_to_string("courriels/enveloppe.txt", {**contexte, "corps": corps})
        html = render_to_string("courriels/enveloppe.html", {**contexte, "objet": objet, "corps": corps})
    message = EmailMultiAlternatives(
        subject=objet,
        body=texte,
        to=[courriel.destinataire],
        headers={
            "Message-ID": identifiant_message(courriel),
            # RFC 3834: automatic answers (« out of office ») are not wanted.
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    message.attach_alternative(html, "text/html")
    if piece_jointe is not None:
        message.attach(piece_jointe.nom, piece_jointe.contenu, piece_jointe.type_mime)
    return message


def identifiant_message(courriel: Courriel) -> str:
    """Give the Message-ID of a mail: the same at each try, and telling nothing of its key."""
    empreinte = salted_hmac("comptes.redaction", courriel.cle, algorithm="sha256").hexdigest()[:40]
    domaine = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{empreinte}@{domaine}>"


def _espace(courriel: Courriel) -> dict[str, Any]:
    if courriel.demande_id:
        return {"lien": _absolu("demandes:demande", courriel.demande_id)}
    return {"lien": _absolu("demandes:espace")}


def _connexion(courriel: Courriel) -> dict[str, Any]:
    return {"lien": _absolu("comptes:connexion")}


def _inscription(courriel: Courriel) -> dict[str, Any]:
    return {"lien": _absolu("comptes:inscription")}


def _verification(courriel: Courriel) -> dict[str, Any]:
    inscription = Inscription.objects.filter(pk=courriel.valeurs["inscription"]).first()
    if (
        inscription is None
        or inscription.envois != courriel.valeurs["envoi"]
        or not inscription.code_en_cours
        or inscription.email != courriel.destinataire
    ):
        raise SansObjet
    jeton = jetons.jeton_inscription(inscription)
    return {
        "code": jetons.code_inscription(inscription),
        "lien": _absolu("comptes:inscription_lien", inscription.pk, jeton),
        "minutes": int(Inscription.DUREE_CODE.total_seconds() // 60),
    }


def _mot_de_passe_oublie(courriel: Courriel) -> dict[str, Any]:
    compte = courriel.compte
    # A later request has sent, or will send, the link that counts.
    if compte is None or not compte.is_active or compte.reinitialisations != courriel.valeurs["rang"]:
        raise SansObjet
    uid = urlsafe_base64_encode(force_bytes(compte.pk))
    return {
        "lien": _absolu("comptes:nouveau_mot_de_passe", uid, jetons.jeton_reinitialisation.make_token(compte))
    }


def _adresse(cote: str) -> Callable[[Courriel], dict[str, Any]]:
    def preparer(courriel: Courriel) -> dict[str, Any]:
        changement = ChangementAdresse.objects.filter(pk=courriel.valeurs["changement"]).first()
        if changement is None or changement.perime:
            raise SansObjet
        jeton = jetons.jeton_adresse(changement, cote)
        return {
            "lien": _absolu("comptes:adresse_confirmer", changement.pk, cote, jeton),
            "heures": int(ChangementAdresse.DUREE.total_seconds() // 3600),
        }

    return preparer


def _absolu(nom: str, *arguments: object) -> str:
    return settings.BASE_URL + reverse(nom, args=arguments)


PREPARATIONS: dict[str, Callable[[Courriel], dict[str, Any]]] = {
    "verification": _verification,
    "mot_de_passe_oublie": _mot_de_passe_oublie,
    "adresse_ancienne": _adresse(jetons.ANCIENNE),
    "adresse_nouvelle": _adresse(jetons.NOUVELLE),
    "mot_de_passe_change": _connexion,
    "adresse_changee": _connexion,
    "dossier_du_majeur": _inscription,
}
