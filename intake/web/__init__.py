"""The staff pages: server-made, usable without a script, every look at personal data written down.

:func:`intake.web.app.make_app` is the door. A page is a function in the module of its name; ``access`` decides who may
see it before it runs, ``office`` is what it works with, ``templates/`` is how it looks.
"""
