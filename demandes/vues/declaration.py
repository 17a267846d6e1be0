"""« Un problème avec mon titre »: declare that a card never came, or that the register is wrong (spec part 13)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comptes.reprise import reprendre
from demandes.models import DeclarationTitre
from demandes.operations.declarer_titre import CarteLue, Concerne, concerne_par, declarer_titre
from demandes.operations.refus import BrouillonIntrouvable, DeclarationDejaOuverte, DeclarationImpossible
from referentiels import territoire
from referentiels.champs import ChampDate
from referentiels.formulaires import Formulaire, Liste
from referentiels.limites import verifier

PAR_JOUR = 10
Genre = DeclarationTitre.Genre
GENRES = {
    Genre.JAMAIS_RECU: gettext_lazy("Je n’ai jamais reçu ma carte"),
    Genre.REGISTRE_FAUX: gettext_lazy("Le registre se trompe sur mon titre ou sur ma situation"),
}


class FormulaireDeclaration(Formulaire):
    """What is wrong, in the person's words, and what their card says."""

    conditions = dict.fromkeys(("carte_numero", "carte_debut", "carte_fin"), f"genre={Genre.REGISTRE_FAUX}")

    genre = forms.ChoiceField(label=gettext_lazy("Quel est le problème ?"), widget=forms.RadioSelect)
    explication = forms.CharField(
        label=gettext_lazy("Expliquez avec vos mots"),
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy(
            "Par exemple : la préfecture ne m’a jamais donné la carte. Ou : ma carte finit en 2028, pas en 2026. "
            "1 000 caractères au plus."
        ),
    )
    carte_numero = forms.CharField(
        label=gettext_lazy("Numéro écrit sur votre carte"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("Si vous avez une carte."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    carte_debut = ChampDate(
        label=gettext_lazy("Premier jour de validité écrit sur votre carte"),
        required=False,
        help_text=gettext_lazy("Si vous avez une carte."),
    )
    carte_fin = ChampDate(
        label=gettext_lazy("Dernier jour de validité écrit sur votre carte"),
        required=False,
        help_text=gettext_lazy("Si vous avez une carte."),
    )
    departement = forms.ChoiceField(
        label=gettext_lazy("Votre département"),
        widget=Liste,
        help_text=gettext_lazy("Celui où vous habitez."),
    )

    def __init__(self, *args: Any, concerne: Concerne, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["genre"].choices = [(genre, GENRES[genre]) for genre in concerne.genres]
        if len(concerne.genres) == 1:
            self.initial.setdefault("genre", concerne.genres[0])
        if concerne.prefecture is not None:
            del self.fields["departement"]
        else:
            departements = territoire.service().departements()
            self.fields["departement"].choices = [
                ("", _("Choisissez un département")),
                *((code, f"{code} – {nom}") for code, nom in departements),
            ]

    def clean(self) -> dict[str, Any]:
        net = super().clean()
        if net.get("genre") == Genre.JAMAIS_RECU:
            net["carte_numero"], net["carte_debut"], net["carte_fin"] = "", None, None
        elif net.get("carte_debut") and net.get("carte_fin") and net["carte_fin"] < net["carte_debut"]:
            self.add_error(
                "carte_fin", _("Le dernier jour est avant le premier jour. Vérifiez les deux dates.")
            )
        return net


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declarations(request: HttpRequest) -> HttpResponse:
    """The form, for the account's holder or the child of the draft named by `demande`; what was declared, below."""
    demande_id = _identifiant(request)
    concerne = _concerne(request, demande_id)
    if request.method == "POST":
        form = FormulaireDeclaration(request.POST, concerne=concerne)
        if form.is_valid():
            return _declarer(request, demande_id, form.cleaned_data)
    else:
        form = FormulaireDeclaration(reprendre(request), concerne=concerne)
    siennes = DeclarationTitre.objects.filter(compte=request.user).order_by("-cree_le", "-pk")
    return render(
        request,
        "demandes/espace/declarations.html",
        {
            "rubrique": "espace",
            "form": form,
            "concerne": concerne,
            "demande": demande_id or "",
            "declarations": [(declaration, GENRES[Genre(declaration.genre)]) for declaration in siennes],
        },
    )


def _declarer(request: HttpRequest, demande_id: UUID | None, net: dict[str, Any]) -> HttpResponse:
    verifier(f"declaration:{request.user.pk}", maximum=PAR_JOUR, duree=timedelta(days=1))
    try:
        declarer_titre(
            compte_id=request.user.pk,
            demande_id=demande_id,
            genre=net["genre"],
            explication=net["explication"],
            carte=CarteLue(net["carte_numero"], net["carte_debut"], net["carte_fin"]),
            departement=net.get("departement", ""),
            maintenant=timezone.now(),
        )
    except BrouillonIntrouvable:
        raise Http404 from None
    except DeclarationDejaOuverte:
        messages.warning(request, _("Vous avez déjà fait cette déclaration. La préfecture va vous répondre."))
    except DeclarationImpossible:
        # The register changed between the page and its form.
        messages.warning(request, _("Le registre a changé entre-temps. Relisez la page, puis recommencez."))
    else:
        messages.success(
            request,
            _("Votre déclaration est envoyée à la préfecture. La réponse arrivera dans votre compte."),
        )
    suite = f"?demande={demande_id}" if demande_id else ""
    return redirect(f"{reverse('demandes:declarations')}{suite}")


def _identifiant(request: HttpRequest) -> UUID | None:
    texte = request.POST.get("demande") or request.GET.get("demande")
    try:
        return UUID(texte) if texte else None
    except ValueError:
        raise Http404 from None


def _concerne(request: HttpRequest, demande_id: UUID | None) -> Concerne:
    try:
        return concerne_par(request.user, demande_id, au=timezone.localdate())
    except BrouillonIntrouvable:
        raise Http404 from None
