// While an action on several dossiers goes on, its page shows how far it is, without being loaded again.
"use strict";

const INTERVALLE_MS = 1000;

async function actualiser() {
  const reponse = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!reponse.ok || reponse.redirected) return;
  const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
  const ici = document.getElementById("avancement");
  const nouveau = page.getElementById("avancement");
  if (!ici || !nouveau) return;
  // The sentence stays the same element, so that a screen reader hears it change.
  const phrase = ici.querySelector("[role=status]");
  const lue = nouveau.querySelector("[role=status]").textContent;
  if (nouveau.dataset.restent) {
    if (phrase.textContent !== lue) phrase.textContent = lue;
    ici.querySelector("progress").value = nouveau.querySelector("progress").value;
    setTimeout(actualiser, INTERVALLE_MS);
    return;
  }
  phrase.textContent = lue;
  for (const element of [...ici.children]) if (element !== phrase) element.remove();
  for (const element of [...nouveau.children]) if (!element.matches("[role=status]")) ici.append(element);
}

setTimeout(actualiser, INTERVALLE_MS);
