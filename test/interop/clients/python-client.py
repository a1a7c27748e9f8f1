"""The ssl module. Standard input: one visit a line, between tabs: port, TLS version, chain and key (PEM files), more
such pairs."""

import http.client
import ssl
import sys


def visit(port, version, *files):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    only = ssl.TLSVersion.TLSv1_2 if version == "1.2" else ssl.TLSVersion.TLSv1_3
    context.minimum_version = context.maximum_version = only
    for chain, key in zip(files[::2], files[1::2]):
        context.load_cert_chain(chain, key)
    connection = http.client.HTTPSConnection("127.0.0.1", int(port), context=context, timeout=10)
    connection.request("GET", "/")
    connection.getresponse().read()
    connection.close()


for line in sys.stdin:
    try:
        visit(*line.rstrip("\n").split("\t"))
    except OSError as error:
        print(line.split("\t")[0], repr(error), file=sys.stderr)
