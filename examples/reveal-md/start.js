// Formulas are left out, since reveal-md has them from a remote address: add RevealMath if you write any.
options.plugins = [RevealMarkdown, RevealHighlight, RevealNotes, Revint];
