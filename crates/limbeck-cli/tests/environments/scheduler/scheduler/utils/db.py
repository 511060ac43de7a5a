def compare_type(context, inspected_column, metadata_column, inspected_type, metadata_type):
    return None


def compare_server_default(context, inspected_column, metadata_column, inspected_default, metadata_default, rendered):
    return None
