"""The command ``live``: serve a portfolio to this machine, and show each edit in the browser.

``command``
    Coordinates the others.
``worker``, ``options``
    A process for each language builds it again and again. After an edit it builds a draft: pages, without the files
    that take long, such as PDF. When the author pauses, it completes the build, which makes it equal to a clean one.
``parsed_messages``
    Stores parsed translations, so that an edit of a translated page parses only what has changed.
``builder``
    Sphinx's builder, which writes first the pages that the author looks at.
``site``
    One language: its worker, and what that has reported.
``watcher``
    Finds changed files.
``running``
    Lets the command ``check`` ask a running server.
``server``, ``state``, ``client.js``
    Serve the pages, with a script that reloads a page when it has changed and shows warnings on it.
"""
