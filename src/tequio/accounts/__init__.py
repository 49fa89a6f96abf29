"""People, organizations, public bodies and jurisdictions, each with its dates."""
