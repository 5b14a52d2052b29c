"""What a person sees of a reading: on a terminal, on a page, in a notebook. In: readings. Out: something to look at."""
