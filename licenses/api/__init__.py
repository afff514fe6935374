"""The register for programs: public, own licences, what is published for the check without a network."""
