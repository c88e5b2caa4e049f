"""Digital signatures on PDF documents (PAdES): keys, marks on the page, signing, and verification in words."""
