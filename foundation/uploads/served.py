"""How a file that somebody sent is handed to a browser: as a thing to look at, never as a page."""

# Whatever the bytes are, they run nothing, load nothing and belong to no site.
NO_POWERS = "sandbox; default-src 'none'; frame-ancestors 'none'"
