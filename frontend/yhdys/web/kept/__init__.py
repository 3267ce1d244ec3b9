"""Whole public pages kept ready: asked for without an account, they are the same for everybody.

``asked`` says which page a request asks for, ``page`` what is kept of it, ``store`` where, ``making`` what is noted
while it is made, ``middleware`` brings them together. A view joins in with ``@public_page``.
"""
