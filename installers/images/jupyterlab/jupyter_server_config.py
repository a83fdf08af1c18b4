"""JupyterLab below the base path of its session. Without a platform Jupyter makes a token itself and logs it."""

import os

c = get_config()  # noqa: F821 - Jupyter defines it

c.ServerApp.ip = "0.0.0.0"
c.ServerApp.port = 10000
c.ServerApp.port_retries = 0
c.ServerApp.open_browser = False
c.ServerApp.quit_button = False
c.ServerApp.allow_remote_access = True
c.ServerApp.base_url = os.environ.get("DATALABS_BASE_PATH", "/")
# The browser of files reaches the data volumes, which are outside the home.
c.ServerApp.root_dir = "/"
c.FileContentsManager.preferred_dir = os.environ.get("DATALABS_START_FOLDER") or os.environ["HOME"]

# Kernels and terminals do not inherit it.
token = os.environ.pop("DATALABS_TOKEN", None)
if token:
    c.IdentityProvider.token = token
elif os.environ.get("DATALABS_SESSION"):
    raise SystemExit("jupyterlab: there is no DATALABS_TOKEN")

# The root file system is read-only, and a session may have no way to the internet.
c.LabApp.extension_manager = "readonly"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
