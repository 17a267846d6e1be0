"""Uploads: growth of the web process' memory, and the price of a process of its own for each normalisation.

Usage: DATABASE_URL=… REDIS_URL=… SECRET_KEY=x python bench/televersement.py
Starts gunicorn with one worker on a free port, makes a fictitious account and draft, and deletes them at the end.
"""

import http.client
import os
import sys
import tempfile
import time
import uuid
from pathlib import Path

RACINE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(RACINE))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anef.settings")
os.environ.setdefault("DEMONSTRATION", "1")

import django  # noqa: E402 - the path comes first

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.middleware.csrf import _get_new_csrf_string  # noqa: E402

from bench.processus import memoire, serveur  # noqa: E402
from comptes.models import Compte  # noqa: E402
from demandes.models import Demande  # noqa: E402
from demandes.normalisation.fichier import normaliser  # noqa: E402
from demandes.normalisation.isolement import normaliser_a_part  # noqa: E402
from demandes.operations.abandonner_brouillon import abandonner_brouillon  # noqa: E402
from referentiels.models import PersonneAgdref  # noqa: E402
from tests import fichiers_d_essai as essai  # noqa: E402

MO = 1024 * 1024
CODE = "justificatif_domicile"
NUMERO = "9299999999"


def preparer() -> tuple[Compte, Demande, str]:
    PersonneAgdref.objects.update_or_create(
        numero_etranger=NUMERO,
        defaults={"nom": "FICTIF", "prenoms": ["Bench"], "sexe": "F", "date_naissance": "1990-01-01",
                  "statut": "refugie", "fictive": True},
    )  # fmt: skip
    compte, _ = Compte.objects.get_or_create(identifiant=NUMERO, defaults={"numero_etranger": NUMERO})
    demande = Demande.objects.create(
        compte=compte,
        reponses={"situation": {"situation-pour": ["moi"], "situation-statut": ["refugie"],
                                "situation-nature": ["premiere"]}},
    )  # fmt: skip
    session = SessionStore()
    session[SESSION_KEY] = str(compte.pk)
    session[BACKEND_SESSION_KEY] = "comptes.authentification.IdentifiantBackend"
    session[HASH_SESSION_KEY] = compte.get_session_auth_hash()
    session.create()
    return compte, demande, session.session_key


def envoyer(port: int, demande: Demande, session: str, taille: int) -> tuple[int, float]:
    """POST one file of `taille` bytes, in chunks; gives the status and the seconds."""
    jeton, borne = _get_new_csrf_string(), uuid.uuid4().hex
    tete = (
        f'--{borne}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{jeton}\r\n'
        f'--{borne}\r\nContent-Disposition: form-data; name="fichiers"; filename="photo.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    ).encode()
    pied = f"\r\n--{borne}--\r\n".encode()
    debut = essai.photo()
    lien = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    depart = time.perf_counter()
    lien.putrequest("POST", f"/demarches/{demande.pk}/pieces/{CODE}/ajouter/")
    lien.putheader("Cookie", f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={jeton}")
    lien.putheader("Content-Type", f"multipart/form-data; boundary={borne}")
    lien.putheader("Content-Length", str(len(tete) + taille + len(pied)))
    lien.putheader("Origin", settings.BASE_URL)
    lien.endheaders()
    lien.send(tete)
    lien.send(debut)
    reste = taille - len(debut)
    while reste:
        pas = min(reste, 256 * 1024)
        lien.send(b"\0" * pas)
        reste -= pas
    lien.send(pied)
    reponse = lien.getresponse()
    reponse.read()
    return reponse.status, time.perf_counter() - depart


def croissances(tailles: tuple[int, ...] = (15, 40)) -> list[tuple[int, int, float, float]]:
    """For each upload of so many MB: (MB, HTTP status, seconds, growth in MB of the process that received it).

    Makes a fictitious account and draft, and deletes the draft at the end.
    """
    compte, demande, session = preparer()
    mesures = []
    try:
        with serveur() as (port, (ouvrier, *_)):
            for _ in range(2):
                envoyer(port, demande, session, MO)
            for taille in tailles:
                avant = memoire(ouvrier, "VmRSS")
                # Starts the peak again from here (Linux).
                Path(f"/proc/{ouvrier}/clear_refs").write_text("5")
                statut, duree = envoyer(port, demande, session, taille * MO)
                mesures.append((taille, statut, duree, memoire(ouvrier, "VmHWM") - avant))
    finally:
        abandonner_brouillon(demande_id=demande.pk, compte_id=compte.pk)
    return mesures


def mesurer_les_normalisations() -> None:
    fichiers = {
        "phone photo 12 MP": essai.photo(taille=(4000, 3000), quality=92),
        "HEIC 12 MP": essai.photo("HEIF", taille=(4000, 3000)),
        "PNG 4 MP": essai.photo("PNG", taille=(2400, 1700)),
        "PDF 3 pages": essai.pdf(pages=3),
    }
    print(f"{'normalisation':20s} {'here':>8s} {'apart':>8s} {'ratio':>7s}")
    for nom, octets in fichiers.items():
        with tempfile.TemporaryDirectory() as dossier:
            source = Path(dossier) / "source"
            source.write_bytes(octets)
            ici, a_part = (mediane(faire, source) for faire in (normaliser, normaliser_a_part))
        print(f"{nom:20s} {ici:7.3f}s {a_part:7.3f}s {a_part / ici:6.2f}×")


def mediane(faire, source: Path, fois: int = 7) -> float:
    durees = []
    for _ in range(fois):
        depart = time.perf_counter()
        faire(source, source.parent)
        durees.append(time.perf_counter() - depart)
    return sorted(durees)[fois // 2]


if __name__ == "__main__":
    mesurer_les_normalisations()
    for taille, statut, duree, croissance in croissances():
        print(
            f"upload of {taille:3d} MB: HTTP {statut}, {duree:.2f} s, memory grows {croissance:5.1f} MB (< 20)"
        )
