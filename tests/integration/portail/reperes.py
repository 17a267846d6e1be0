"""Pages of the portal that anyone may open."""

PAGES = (
    "/",
    "/simulateur/",
    "/simulateur/?statut=apatride",
    "/simulateur/?statut=refugie&date_naissance=1990-01-01&numero=etranger&recepisse=aucun&nature=premiere",
    "/demander/",
    "/demander/premiere-demande/",
    "/demander/renouvellement/",
    "/demander/enfant/",
    "/demander/famille/",
    "/contact/",
    "/aide/",
    "/aide/ou-est-mon-numero/",
    "/aide/documents-de-voyage/",
    "/verifier/",
    "/changement-de-situation/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/accessibilite/",
    "/plan-du-site/",
    "/etat-du-service/",
)
