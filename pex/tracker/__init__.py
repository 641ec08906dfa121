"""Following dossiers: Django models and the functions that pages and commands call. No HTTP, no HTML here.

Facts are stored, deadlines are computed. A page reads dossiers with `Dossier.objects.visible_to(account)`,
changes them only through the functions below, and gives the day as `today`.

office.titulaire() → Account                 the one account of a PC
office.profile_of(structure) → Profile       set_profile(structure, folder)
assess.timeline_of(row, today) → Timeline    of a row read with `Dossier.objects.with_facts()`
assess.dossier_of(row) → the facts           as the dossier file has them
assess.reassess(today) → progress            cached columns of stale dossiers: at start, when the day changes
demo.fill(today) → Account                   two hundred invented households in an empty database
"""
