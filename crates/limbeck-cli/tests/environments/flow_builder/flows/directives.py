def filter_revision_directives(context, revision, directives):
    """Leaves everything as it is."""


def filter_known_warnings():
    import warnings

    warnings.filterwarnings("ignore", message="Skipped unsupported reflection")
