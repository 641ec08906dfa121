"""Following dossiers: Django models and the functions that pages and commands call. No HTTP, no HTML here.

Facts are stored, deadlines are computed. A page reads dossiers with `Dossier.objects.visible_to(account)`,
changes them only through the functions below, and gives the day as `today`.

office.titulaire() → Account                 the one account of a PC
office.profile_of(structure) → Profile       set_profile(structure, folder)
assess.timeline_of(row, today) → Timeline    of a row read with `Dossier.objects.with_facts()`
assess.dossier_of(row) → the facts           as the dossier file has them
assess.reassess(today) → progress            cached columns of stale dossiers: at start, when the day changes
editing.preview_event, add_event, correct_event, remove_event, change_facts, create, add_note, close,
        history, last_undoable, undo_last    what a person changes; Refused, Doubtful and ChangedMeanwhile to show
journal.record, record_view, lines_about     who saw or did what; verify
agenda.today_lists(account, today)           the lists of *Aujourd'hui*; one_list for the rest of one; week
search.find(account, Criteria(…), page)      dossiers by words and filters; select (a queryset), filter_choices
mailing.proposals, catalogue, compose → Draft, preview, words_of_block, may_change, with_words,
        keep, mark_sent, returned, already_sent, letters_of, letter_of, content_of
                                             letters of a dossier; AlreadySent is the guard « déjà envoyé le »
batches.prepare(account, rows, …) → Batch    progress, cancel, mark_batch_sent, batches_of, batch_of; a worker
                                             calls work_once() again and again
posting.print_file, bordereau, labels, print_service_list(batch) → bytes
incoming.receive(name, bytes) → token        a file kept aside; headings, remember_columns, discard
importing.preview(account, token, today)     what each row would do; confirm(…, choices), undo, imports_of
exporting.export_table, data_dictionary, household_file, household_archive, calendar_of → bytes
retention.terms, set_term, due, hold, held, purge, certificate_text
backup.back_up, backups, check, forget_old_backups, last_backup; restore while nothing else is open
demo.fill(today) → Account                   two hundred invented households in an empty database
"""
