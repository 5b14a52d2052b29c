"""From the readings of many articles to what they tell of together: stories, occurrences, accounts.

readings --profile--> what an article is about --likeness--> stories
readings of a story --claims--> what is told, by whom --occurrences--> accounts --differences, threads
"""
