"""conditional_s3: an S3 server that honours conditional writes: moto's, which answers one request after the other.

python -m tests.targets.conditional_s3 PORT
"""

import sys

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

if __name__ == "__main__":
    # Threads could look at the same state and both find their condition met; a store does not let them.
    run_simple("127.0.0.1", int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=False)
