"""Where does this country's score come from, and how does it differ from another's?"""
