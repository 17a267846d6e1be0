"""Sign-up in three steps: document, e-mail, password (R-COMPTE-1)."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from comptes import reprise
from comptes.formulaires.inscription import (
    FormulaireCode,
    FormulaireDocument,
    FormulaireEmail,
)
from comptes.formulaires.mot_de_passe import FormulaireMotDePasse
from comptes.models import Compte, Inscription
from comptes.operations.creer_compte import CompteExistant
from comptes.operations.envoyer_code import AdresseDuRepresentant, envoyer_code
from comptes.operations.ouvrir_inscription import DocumentInconnu, ouvrir_inscription
from comptes.operations.terminer_inscription import InscriptionIncomplete, terminer_inscription
from comptes.operations.verifier_adresse import Verification, verifier_code
from comptes.vues.connexion import accueil_de
from referentiels import territoire
from referentiels.agdref import AgdrefIndisponible
from referentiels.limites import origine, verifier

CLE = "inscription"
BACKEND = "comptes.authentification.IdentifiantBackend"


def inscription_de(request: HttpRequest) -> Inscription | None:
    """Give the sign-up that this session has under way, unless it is too old to be resumed."""
    inscription = Inscription.objects.filter(pk=request.session.get(CLE)).first()
    return None if inscription is None or inscription.perimee else inscription


@method_decorator([login_not_required, never_cache], name="dispatch")
class Etape(FormView):
    """A page of the sign-up; whoever has an open session has no use for it."""

    inscription: Inscription | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(accueil_de(request.user))
        self.inscription = inscription_de(request)
        return self.detour() or super().dispatch(request, *args, **kwargs)

    def detour(self) -> HttpResponse | None:
        """Give where to go instead of this step, or None."""
        if self.inscription is not None:
            return None
        messages.warning(
            self.request,
            _(
                "Cette création de compte a pris fin ou a expiré. Si vous venez de créer votre compte, connectez-vous. "
                "Sinon, recommencez ici : cela prend quelques minutes."
            ),
        )
        return redirect("comptes:inscription")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"inscription": self.inscription}


class EtapeDocument(Etape):
    """Step 1: the document, checked against AGDREF."""

    form_class = FormulaireDocument
    template_name = "comptes/inscription/document.html"

    def detour(self) -> None:
        return None

    def get_initial(self) -> dict[str, Any]:
        return dict(self.inscription.saisie) if self.inscription else {}

    def form_valid(self, form: FormulaireDocument) -> HttpResponse:
        donnees = form.cleaned_data
        verifier(f"inscription:{origine(self.request)}", maximum=20, duree=timedelta(minutes=10))
        verifier(f"inscription:{donnees['numero']}", maximum=10, duree=timedelta(hours=1))
        try:
            inscription = ouvrir_inscription(
                document=donnees["document"],
                numero=donnees["numero"],
                debut=donnees["debut"],
                fin=donnees["fin"],
                precedente=self.inscription.pk if self.inscription else None,
            )
        except DocumentInconnu:
            return self.render_to_response(self.get_context_data(form=form, inconnu=True))
        except CompteExistant:
            return render(self.request, "comptes/inscription/compte_existant.html")
        except AgdrefIndisponible:
            return self.render_to_response(self.get_context_data(form=form, indisponible=True), status=503)
        self.request.session[CLE] = str(inscription.pk)
        return redirect("comptes:inscription_adresse")


class EtapeAdresse(Etape):
    """Step 2, first half: the address."""

    form_class = FormulaireEmail
    template_name = "comptes/inscription/adresse.html"

    def get_initial(self) -> dict[str, Any]:
        return {"email": self.inscription.email}

    def form_valid(self, form: FormulaireEmail) -> HttpResponse:
        try:
            return _envoyer(self.request, self.inscription.pk, form.cleaned_data["email"])
        except AdresseDuRepresentant:
            form.add_error(
                "email",
                _(
                    "C’est l’adresse de la personne qui vous représente. Écrivez la vôtre : à 18 ans, le compte est à "
                    "vous seul."
                ),
            )
            return self.form_invalid(form)


class EtapeCode(Etape):
    """Step 2, second half: the code, or « I opened the link »; `renvoyer` asks for a new mail."""

    form_class = FormulaireCode
    template_name = "comptes/inscription/code.html"

    def detour(self) -> HttpResponse | None:
        if autre := super().detour():
            return autre
        if self.inscription.email_verifie_le is not None:
            return redirect("comptes:inscription_mot_de_passe")
        return None if self.inscription.email else redirect("comptes:inscription_adresse")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "renvoyer" in request.POST:
            reponse = _envoyer(request, self.inscription.pk, self.inscription.email)
            messages.success(request, _("Un nouveau code est parti. L’ancien ne sert plus."))
            return reponse
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: FormulaireCode) -> HttpResponse:
        issue = verifier_code(inscription_id=self.inscription.pk, code=form.cleaned_data["code"])
        if issue is Verification.JUSTE:
            return redirect("comptes:inscription_mot_de_passe")
        form.add_error(
            "code",
            _("Ce code n’est pas le bon. Relisez le dernier message reçu.")
            if issue is Verification.FAUX
            else _("Ce code ne peut plus servir. Demandez un nouveau code avec le bouton ci-dessous."),
        )
        return self.form_invalid(form)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class EtapeMotDePasse(Etape):
    """Step 3: the password; then the account exists and the person is logged in."""

    form_class = FormulaireMotDePasse
    template_name = "comptes/inscription/mot_de_passe.html"

    def detour(self) -> HttpResponse | None:
        if autre := super().detour():
            return autre
        if self.inscription.email_verifie_le is not None:
            return None
        messages.warning(
            self.request,
            _("Votre adresse n’est pas encore vérifiée. Écrivez le code reçu, ou ouvrez le lien du message."),
        )
        return redirect("comptes:inscription_code")

    def get_form_kwargs(self) -> dict[str, Any]:
        i = self.inscription
        compte = Compte(
            identifiant=i.numero_etranger or i.numero_visa, nom=i.nom, prenoms=i.prenoms, email=i.email
        )
        return super().get_form_kwargs() | {"user": compte}

    def form_valid(self, form: FormulaireMotDePasse) -> HttpResponse:
        try:
            compte = terminer_inscription(
                inscription_id=self.inscription.pk, mot_de_passe=form.cleaned_data["mot_de_passe"]
            )
        except CompteExistant:
            return render(self.request, "comptes/inscription/compte_existant.html")
        except InscriptionIncomplete:
            self.inscription = None
            return self.detour()
        del self.request.session[CLE]
        # Rotates the session: what an anonymous visitor's cookie was worth ends here.
        login(self.request, compte, backend=BACKEND)
        reprise.apres_connexion(self.request, compte)
        messages.success(self.request, _("Votre compte est créé. Vous êtes connecté."))
        reponse = HttpResponseRedirect(accueil_de(compte))
        reprise.poser_temoin(reponse, compte)
        return reponse


@method_decorator(login_not_required, name="dispatch")
class Prefecture(TemplateView):
    """Address and hours of a département's prefecture, for whoever cannot go on here (R-PORTAIL-2)."""

    template_name = "comptes/inscription/prefecture.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lieux = territoire.service()
        departement = self.request.GET.get("departement", "")
        return super().get_context_data(**kwargs) | {
            "departements": lieux.departements(),
            "departement": departement,
            "prefecture": lieux.prefecture(departement) if departement else None,
        }


def _envoyer(request: HttpRequest, inscription_id: UUID, email: str) -> HttpResponse:
    verifier(f"code:{origine(request)}", maximum=20, duree=timedelta(hours=1))
    # Ended in another tab between two lines: the next page says so.
    with suppress(Inscription.DoesNotExist):
        envoyer_code(inscription_id=inscription_id, email=email)
    return redirect("comptes:inscription_code")
