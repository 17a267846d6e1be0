"""The staff's own pages below /gestion/: log in, second factor, password. The admin's look, the portal's forms."""
