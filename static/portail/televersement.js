// Where files are sent (step 4, a complement), comfort only: sends files without leaving the page, so that what is typed elsewhere on it stays; says
// what is too big before it travels, shows progress and the end of the checks. Without it, plain forms do the same.
(() => {
  "use strict";

  const TAILLE_MAX = 15 * 1024 * 1024;
  const FICHIERS_MAX = 10;
  const PAUSE = 2000;
  const RELECTURES = 60;
  const textes = document.getElementById("textes-televersement")?.dataset;
  if (!textes) return;

  const paragraphe = (texte, classe) => {
    const p = document.createElement("p");
    p.className = classe;
    p.textContent = texte;
    return p;
  };

  const signaler = (formulaire, texte) => {
    const champ = formulaire.querySelector("input[type=file]");
    formulaire.querySelector("[data-refus]")?.remove();
    champ?.toggleAttribute("aria-invalid", Boolean(texte));
    if (!texte) return;
    const p = paragraphe(texte, "fr-error-text");
    p.dataset.refus = "";
    p.setAttribute("role", "alert");
    formulaire.prepend(p);
    champ?.focus();
  };

  const refus = (fichiers) => {
    const gros = fichiers.find((fichier) => fichier.size > TAILLE_MAX);
    if (gros) return `${gros.name} : ${textes.tropGros}`;
    return fichiers.length > FICHIERS_MAX ? textes.trop : "";
  };

  // The page as the server has it now: its lists and its messages take the place of ours.
  const rafraichir = async (sections) => {
    const reponse = await fetch(window.location.pathname, { headers: { Accept: "text/html" } });
    if (!reponse.ok || reponse.redirected) {
      window.location.reload();
      return;
    }
    const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
    for (const section of sections) {
      const neuve = page.getElementById(section.id)?.querySelector("[data-liste]");
      if (neuve) section.querySelector("[data-liste]").replaceChildren(...neuve.childNodes);
    }
    sections[0]?.querySelector("[data-messages]").replaceChildren(...page.querySelectorAll("main .fr-alert[role=status]"));
    for (const alerte of document.querySelectorAll("[data-messages] [role=status]")) alerte.removeAttribute("role");
    surveiller();
  };

  // What stands in the place of a form's button while its files travel.
  const suivre = (formulaire, envoi) => {
    const barre = document.createElement("progress");
    const texte = paragraphe(textes.envoi, "portail-note");
    texte.setAttribute("role", "status");
    barre.max = 100;
    barre.setAttribute("aria-label", textes.envoi);
    formulaire.append(barre, texte);
    envoi.upload.addEventListener("progress", (pas) => {
      if (pas.lengthComputable) barre.value = Math.round((100 * pas.loaded) / pas.total);
      if (barre.value === 100) texte.textContent = textes.recu;
    });
    return () => {
      barre.remove();
      texte.remove();
    };
  };

  const envoyer = (formulaire) => {
    const section = formulaire.closest("[data-piece]");
    const champ = formulaire.querySelector("input[type=file]");
    const envoi = new XMLHttpRequest();
    const finir = champ ? suivre(formulaire, envoi) : () => {};
    formulaire.setAttribute("aria-busy", "true");
    const rendre = () => {
      finir();
      formulaire.removeAttribute("aria-busy");
    };
    envoi.open("POST", formulaire.action);
    envoi.setRequestHeader("Accept", "application/json");
    envoi.addEventListener("error", () => {
      rendre();
      signaler(formulaire, textes.echec);
    });
    envoi.addEventListener("load", async () => {
      const recu = envoi.getResponseHeader("Content-Type")?.startsWith("application/json");
      if (envoi.status !== 200 || !recu) {
        // Session over, stale page…: the server's own page explains better than we could.
        formulaire.submit();
        return;
      }
      rendre();
      const adresse = new URL(JSON.parse(envoi.responseText).adresse, window.location.href);
      if (adresse.pathname !== window.location.pathname) {
        window.location.assign(adresse);
        return;
      }
      formulaire.reset();
      champ?.dispatchEvent(new Event("change"));
      try {
        await rafraichir([section]);
      } catch {
        window.location.reload();
        return;
      }
      // The form that was sent may be gone with its file: the reader goes on from the pièce's name.
      if (!formulaire.isConnected) section.querySelector("h2").focus();
    });
    envoi.send(new FormData(formulaire));
  };

  // In the capture phase: before the guard of portail.js, which would mark the form as sent for good.
  document.addEventListener(
    "submit",
    (evenement) => {
      const formulaire = evenement.target.closest("form[data-envoi]");
      if (!formulaire) return;
      const fichiers = Array.from(formulaire.querySelector("input[type=file]")?.files ?? []);
      evenement.preventDefault();
      evenement.stopPropagation();
      if (formulaire.getAttribute("aria-busy") === "true") return;
      const texte = refus(fichiers);
      signaler(formulaire, texte);
      if (!texte) envoyer(formulaire);
    },
    true,
  );

  // On the page of one pièce of a complement: who chooses a file wants to replace.
  document.addEventListener("change", (evenement) => {
    if (!evenement.target.matches("input[type=file]") || !evenement.target.files.length) return;
    const remplacer = document.querySelector("input[name=choix][value=remplacer]");
    if (!remplacer || remplacer.checked) return;
    remplacer.checked = true;
    remplacer.dispatchEvent(new Event("change", { bubbles: true }));
  });

  let minuterie;
  let relectures = 0;
  const lignes = () => Array.from(document.querySelectorAll("[data-fichier][data-etat=a_traiter]"));
  const surveiller = () => {
    clearTimeout(minuterie);
    relectures = 0;
    if (lignes().length) minuterie = setTimeout(relire, PAUSE);
  };
  const relire = async () => {
    relectures += 1;
    try {
      const etats = await (await fetch(textes.etats, { headers: { Accept: "application/json" } })).json();
      const changees = lignes().filter((ligne) => etats[ligne.dataset.fichier] !== "a_traiter");
      if (changees.length) {
        const sections = [...new Set(changees.map((ligne) => ligne.closest("[data-piece]")))];
        await rafraichir(sections);
        sections[0].querySelector("[data-messages]").append(paragraphe(textes.verifie, "fr-sr-only"));
        return;
      }
    } catch {
      // Network down or session over: the link « Actualiser la page » remains.
    }
    if (relectures < RELECTURES && lignes().length) minuterie = setTimeout(relire, PAUSE);
  };
  surveiller();
})();
