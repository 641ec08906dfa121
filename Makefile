# GNU make. `make` alone says what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help demo web test check docs captures bench clean FORCE

PYTHON ?= python3
PYTEST_ARGS ?=
VENV_PYTHON := .venv/bin/python

help: ## affiche cette aide
	@echo 'pex : prévenir les expulsions locatives'
	@echo
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1~\2/p' Makefile | awk -F'~' '{ printf "%-14s %s\n", $$1, $$2 }'
	@echo
	@echo 'Autre version de Python : make demo PYTHON=python3.12'
	@echo 'Un seul test :            make test PYTEST_ARGS=tests/test_folders.py'

demo: .venv/installed ## écrit dans out/ les courriers et les frises des ménages d’exemple
	@.venv/bin/pex demo --sortie out

web: .venv/installed-web ## ouvre l’application avec deux cents ménages inventés
	@PEX_DONNEES="$(CURDIR)/out/web" .venv/bin/pex web --exemple

test: .venv/installed-dev ## lance tous les tests
	@$(VENV_PYTHON) -m pytest -n 2 $(PYTEST_ARGS)

check: .venv/installed-dev ## vérifie la mise en forme, le style et les types
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m mypy

docs: .venv/installed ## écrit à partir des données les pages du droit, des mots et des règles
	@.venv/bin/pex droit --page docs/droit.md --ecraser
	@.venv/bin/pex lisibilite --glossaire docs/glossaire.md --regles docs/langage_clair.md --ecraser

captures: .venv/installed-dev ## refait les images de docs/application.md
	@$(VENV_PYTHON) docs/captures.py

bench: .venv/installed-web ## mesure la vitesse
	@$(VENV_PYTHON) benchmarks/run.py
	@$(VENV_PYTHON) benchmarks/pages.py
	@if $(VENV_PYTHON) -c "import django" 2>/dev/null; then $(VENV_PYTHON) benchmarks/suivi.py; \
	  else echo "Le suivi n’est pas mesuré : il manque l’application (make web)."; fi

clean: ## supprime .venv, out/ et les caches
	@rm -rf .venv .node_tools out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- .venv: made once, filled again only when pyproject.toml or constraints.txt changes ---

# $(call say,sentence): what a person can do about it, then stop
say = { echo "$(1)" >&2; exit 1; }

define install
	@echo 'Installation de $(1) (une minute la première fois)…'
	@$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check \
	  --constraint constraints.txt --editable '$(2)' \
	  || $(call say,L’installation a échoué : vérifiez la connexion à Internet$(,) puis relancez la même commande.)
endef
, := ,

.venv/installed: .venv/made-for pyproject.toml constraints.txt
	$(call install,pex,.)
	@touch $@

.venv/installed-web: .venv/made-for pyproject.toml constraints.txt
	$(call install,pex et son application,.[web])
	@touch .venv/installed $@

.venv/installed-dev: .venv/made-for pyproject.toml constraints.txt
	$(call install,pex et des outils de test,.[dev])
	@touch .venv/installed .venv/installed-web $@

# This file holds the folder that .venv was made in: a .venv that is half made, that was copied from
# elsewhere or whose Python is gone has not got it, and is made again.
ifneq ($(shell test -x $(VENV_PYTHON) && cat .venv/made-for 2>/dev/null),$(CURDIR))
.venv/made-for: FORCE
endif

.venv/made-for:
	@command -v "$(PYTHON)" >/dev/null 2>&1 \
	  || $(call say,La commande « $(PYTHON) » est introuvable : installez Python 3.11 ou plus récent$(,) par exemple avec « apt install python3 python3-venv ».)
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || $(call say,pex demande Python 3.11 ou plus récent$(,) et « $(PYTHON) » est plus ancien : installez-en un$(,) puis nommez-le$(,) par exemple « make demo PYTHON=python3.11 ».)
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
	  || $(call say,Il manque à Python de quoi créer un environnement : installez-le$(,) par exemple avec « apt install python3-venv »$(,) puis relancez la même commande.)
	@rm -rf .venv
	@"$(PYTHON)" -m venv .venv \
	  || { rm -rf .venv; echo "L’environnement .venv n’a pas pu être créé : essayez « apt install python3-venv », puis relancez la même commande." >&2; exit 1; }
	@pwd -P > $@
