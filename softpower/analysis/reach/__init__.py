"""Which ranks can weights give a country?"""
