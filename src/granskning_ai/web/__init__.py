"""The web application: the matrix and its evidence in a browser, on this machine only."""
