"""Sign-in at a provider of OpenID Connect, such as a province's: it says who somebody is, never what they may do."""
