"""How Ally meets Discord: the client, the assembly, the gateway and the HTTP
endpoint.
"""
