"""The guide: pages of Markdown that are stored here, and pages that classes and commands say.

page        what a page is, and those that are stored
contents    all pages in their order, from which a topic is found
methods, commands, folder, ...    pages that are read from the classes, with no second text
proofs      figures from outside that methods are held against, as the tests write them down
formulas    a formula of a docstring, typeset
terminal    a page as a terminal shows it
site        all pages as files for a browser
"""
