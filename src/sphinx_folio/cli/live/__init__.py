"""The command ``live``: serve a portfolio to this machine, and show each edit in the browser.

``command``
    Coordinates the others.
``worker``, ``options``
    A process for each language builds it again and again. After an edit it builds a draft: pages, without the files
    that take long, such as PDF. When the author pauses, it completes the build, which makes it equal to a clean one.
``site``
    One language: its worker, and what that has reported.
``watcher``
    Finds changed files.
``server``, ``state``, ``client.js``
    Serve the pages, with a script that reloads a page when it has changed and shows warnings on it.
"""
