"""How good the program is: what it reads out of documents against what a careful reader finds in them."""
