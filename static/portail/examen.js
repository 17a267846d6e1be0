// Comfort for the agents: tools on the files they read, sentences filled in. Every page works without this file.
(() => {
  "use strict";

  // Zoom and rotation of the pages of a file, through the style object: the CSP allows no style attribute.
  const PAS = 1.25;
  for (const visionneuse of document.querySelectorAll("[data-visionneuse]")) {
    const outils = visionneuse.querySelector(".lecture-outils");
    const pages = Array.from(visionneuse.querySelectorAll(".lecture-page"));
    const cadre = visionneuse.querySelector(".lecture-pages");
    if (!cadre) continue;
    let echelle = 1;
    let angle = 0;
    const poser = (page) => {
      const image = page.querySelector("img");
      if (!image.naturalWidth) return;
      const largeur = (cadre.clientWidth - 16) * echelle;
      const couchee = angle % 180 !== 0;
      const rapport = image.naturalHeight / image.naturalWidth;
      const hauteur = couchee ? largeur / rapport : largeur * rapport;
      page.style.width = `${largeur}px`;
      page.style.height = `${hauteur}px`;
      image.style.position = "absolute";
      image.style.left = "50%";
      image.style.top = "50%";
      image.style.width = `${couchee ? hauteur : largeur}px`;
      image.style.transform = `translate(-50%, -50%) rotate(${angle}deg)`;
    };
    const gestes = {
      agrandir: () => { echelle = Math.min(echelle * PAS, 5); },
      reduire: () => { echelle = Math.max(echelle / PAS, 0.4); },
      tourner: () => { angle = (angle + 90) % 360; },
    };
    outils.hidden = false;
    outils.addEventListener("click", (evenement) => {
      const geste = gestes[evenement.target.dataset.outil];
      if (!geste) return;
      geste();
      pages.forEach(poser);
    });
    for (const page of pages) {
      page.querySelector("img").addEventListener("load", () => {
        if (echelle !== 1 || angle !== 0) poser(page);
      });
    }
  }

  // The sentence for the person starts from that of the reason; what the agent wrote is never lost.
  for (const source of document.querySelectorAll("[data-phrases]")) {
    const phrases = JSON.parse(source.dataset.phrases);
    const toutes = new Set(Object.values(phrases));
    for (const groupe of source.querySelectorAll("[data-motif-et-phrase]")) {
      const phrase = groupe.querySelector("textarea");
      groupe.querySelector("select").addEventListener("change", (evenement) => {
        const proposee = phrases[evenement.target.value] ?? "";
        if (!phrase.value.trim() || toutes.has(phrase.value)) phrase.value = proposee;
      });
    }
  }
})();
