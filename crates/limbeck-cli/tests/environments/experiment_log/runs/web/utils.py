import os


def get_root():
    return os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", os.environ.get("RUNS_REPO", "repo")))


def get_db_url():
    os.makedirs(get_root(), exist_ok=True)
    return "{}:///{}/runs_db".format("sqlite", get_root())
