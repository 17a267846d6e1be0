"""Step 4, justificatifs: the pièces, uploaded by forms of their own, and the e-photo code."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from demandes.models import Fichier
from demandes.regles.codes import CodePiece
from demandes.regles.textes import PIECES
from referentiels import ephoto
from referentiels.ephoto import CodeMalforme
from referentiels.formulaires import ErreurResumee, Formulaire

if TYPE_CHECKING:
    from demandes.parcours.dossier import Dossier


class JustificatifsForm(Formulaire):
    """The files are rows of their own; this form holds the code and says what is missing."""

    ephoto_code = forms.CharField(
        label=_("Code de votre e-photo"),
        max_length=60,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_(
            "22 caractères, écrits sur la planche de photos. Les espaces et les tirets ne comptent pas."
        ),
        error_messages={"required": _("Écrivez le code de l’e-photo. Il est sur la planche de photos.")},
    )

    def __init__(self, *args: Any, dossier: "Dossier", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier

    def clean_ephoto_code(self) -> str:
        try:
            return ephoto.normaliser(self.cleaned_data["ephoto_code"])
        except CodeMalforme as erreur:
            raise forms.ValidationError(str(erreur)) from erreur

    def clean(self) -> dict[str, Any]:
        net = super().clean()
        for code, phrase in self.manques():
            self.add_error(None, forms.ValidationError(phrase, code=code))
        return net

    def erreurs_resumees(self) -> list[ErreurResumee]:
        """A missing pièce's line lands on its part of the page."""
        par_phrase = {str(phrase): f"piece-{code}" for code, phrase in self.manques()}
        return [
            ErreurResumee(erreur.cible or par_phrase.get(str(erreur.message), ""), erreur.message)
            for erreur in super().erreurs_resumees()
        ]

    def manques(self) -> list[tuple[str, str]]:
        """(code of the pièce, sentence) for each pièce that is required and not there, or has a file to mend."""
        manques: list[tuple[str, str]] = []
        for piece in self.dossier.pieces:
            if piece.code == CodePiece.EPHOTO:
                continue
            jointe = self.dossier.pieces_jointes.get(piece.code)
            fichiers = list(jointe.fichiers.all()) if jointe else []
            noms = {"piece": gettext(PIECES[piece.code].libelle)}
            if any(fichier.etat == Fichier.Etat.REFUSE for fichier in fichiers):
                manques.append(
                    (piece.code, _("%(piece)s : un fichier est refusé. Remplacez-le ou retirez-le.") % noms)
                )
            elif any(fichier.etat == Fichier.Etat.A_TRAITER for fichier in fichiers):
                manques.append(
                    (
                        piece.code,
                        _("%(piece)s : la vérification n’est pas finie. Attendez un instant, puis continuez.")
                        % noms,
                    )
                )
            elif piece.obligatoire and not fichiers:
                manques.append((piece.code, _("%(piece)s : ajoutez ce document.") % noms))
        return manques
