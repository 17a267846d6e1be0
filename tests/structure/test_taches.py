"""What the queue carries: tasks that exist, called with ids."""

import inspect
import typing
from uuid import UUID

import pytest
from django.conf import settings

from anef.celery import app

app.loader.import_default_modules()
app.autodiscover_tasks(force=True)
NOTRES = {nom: tache for nom, tache in app.tasks.items() if not nom.startswith("celery.")}


@pytest.mark.parametrize("entree", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_every_beat_entry_names_a_task_that_needs_no_argument(entree):
    ligne = settings.CELERY_BEAT_SCHEDULE[entree]
    tache = NOTRES.get(ligne["task"])
    assert tache, f"{ligne['task']} n’est pas une tâche"
    inspect.signature(tache.run).bind(*ligne.get("args", ()), **ligne.get("kwargs", {}))


def test_every_sweep_is_on_the_beat():
    prevues = {ligne["task"] for ligne in settings.CELERY_BEAT_SCHEDULE.values()}
    sans_argument = {nom for nom, tache in NOTRES.items() if not inspect.signature(tache.run).parameters}
    assert sans_argument == prevues


@pytest.mark.parametrize("nom", sorted(NOTRES))
def test_tasks_take_ids_only(nom):
    fonction = NOTRES[nom].run
    types = typing.get_type_hints(fonction)
    for parametre in inspect.signature(fonction).parameters.values():
        assert parametre.name.endswith("_id"), f"{nom}({parametre.name})"
        assert types[parametre.name] in (int, str, UUID)
        assert parametre.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD


def test_tasks_are_acknowledged_once_done_and_one_at_a_time():
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.task_time_limit > app.conf.task_soft_time_limit
    # A redelivery before the time limit would run one task twice at once.
    assert app.conf.broker_transport_options["visibility_timeout"] > app.conf.task_time_limit
