"""All pages of the guide, which take a second to say and are the same for all tests."""

from softpower.cli import main
from softpower.guide.contents import all_pages

PAGES = all_pages(main)
